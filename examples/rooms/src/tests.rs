//! The handlers, called as Botpress calls them.

use contexture::testing::{Collection, Harness};
use rooms::channels::{
    DirectChannel, DirectConversationTags, RoomConversationTags, ThreadConversationTags,
};
use rooms::{Configuration, Definition};

use super::*;

fn harness() -> Harness<Definition> {
    Harness::new(rooms::service(Rooms::default()), Configuration::default())
}

#[tokio::test]
async fn one_handler_sends_the_texts_of_three_channels() {
    let harness = harness();
    let text = TextMessage::new("hello");
    let direct = DirectConversationTags {
        user_id: Some("ada".to_owned()),
    };
    let room = RoomConversationTags {
        room_id: Some("tea".to_owned()),
    };
    let thread = ThreadConversationTags {
        room_id: Some("tea".to_owned()),
        message_id: Some("7".to_owned()),
    };
    let sent = harness.channels().direct().text(&text);
    sent.conversation_tags(&direct).send().await.unwrap();
    let sent = harness.channels().room().text(&text);
    sent.conversation_tags(&room).send().await.unwrap();
    let sent = harness.channels().thread().text(&text);
    sent.conversation_tags(&thread).send().await.unwrap();
    let log = harness.log().text();
    assert_eq!(log, "@ada: hello\n#tea: hello\n#tea/7: hello");
}

#[tokio::test]
async fn a_message_has_the_identifier_of_the_chat() {
    let harness = harness();
    let notice = Notice::new("The kettle is empty", Level::Warning);
    let tags = RoomConversationTags {
        room_id: Some("tea".to_owned()),
    };
    let sent = harness.channels().room().notice(&notice);
    sent.conversation_tags(&tags).send().await.unwrap();
    assert_eq!(harness.log().text(), "#tea: Attention: The kettle is empty");
    let stored = harness.botpress().all(Collection::Messages);
    assert_eq!(stored[0]["tags"]["id"], "0");
}

#[tokio::test]
async fn a_conversation_of_another_origin_is_explained() {
    let harness = harness();
    let image = ImageMessage::new("https://example.com/cup.png");
    let sent = harness.channels().thread().image(&image);
    let refusal = sent.send().await.unwrap_err();
    assert!(
        refusal.to_string().contains("no tags of the chat"),
        "{refusal}"
    );
}

#[test]
fn a_type_that_is_shared_is_one_type() {
    fn same(message: rooms::channels::DirectNoticeMessage) -> rooms::channels::ThreadNoticeMessage {
        message
    }
    let notice = same(Notice::new("a", Level::Info));
    let event: rooms::NoticeClosedEvent = notice;
    assert_eq!(event.text, "a");
}

#[tokio::test]
async fn a_bot_reads_that_no_conversation_was_created() {
    let tags = DirectConversationTags::default();
    let created = harness().create_conversation::<DirectChannel>(&tags).await;
    assert_eq!(created.unwrap(), None);
}
