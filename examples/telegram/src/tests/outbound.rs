//! Sent messages of each type.

use contexture::ChannelMessage;
use http::Method;
use serde_json::{Value, json};

use super::bot_api::ApiCall;
use super::test_app::{CHAT, MESSAGE, TestApp, owner_reads};
use crate::rich_text::utf16_len;
use crate::telegram::channels::{
    ChannelAudioMessage, ChannelBlocMessage, ChannelCardMessage, ChannelCarouselMessage,
    ChannelChannel, ChannelChoiceMessage, ChannelConversationTags, ChannelDropdownMessage,
    ChannelFileMessage, ChannelImageMessage, ChannelLocationMessage, ChannelTextMessage,
    ChannelVideoMessage,
};

/// The only call for a message, after a check of its method.
async fn sent_by<M: ChannelMessage<ChannelChannel>>(
    method: &str,
    test_app: &TestApp,
    payload: Value,
) -> Value {
    let calls = test_app.sent::<M>(payload).await;
    let [call] = calls.as_slice() else {
        panic!("unexpected calls of Telegram: {calls:?}");
    };
    assert_eq!(call.method, method);
    assert_eq!(call.parameters["chat_id"], CHAT.to_string());
    call.parameters.clone()
}

fn texts(calls: &[ApiCall]) -> Vec<&str> {
    let texts = calls.iter().map(|call| call.parameters["text"].as_str());
    texts.map(Option::unwrap_or_default).collect()
}

fn rows(parameters: &Value) -> &[Value] {
    parameters["reply_markup"]["inline_keyboard"]
        .as_array()
        .unwrap()
}

#[tokio::test]
async fn a_text_is_sent_with_its_formatting_and_acknowledged() {
    let test_app = TestApp::new().await;
    let payload = json!({ "text": "a **b** _c_ <d> snake_case" });
    let parameters = sent_by::<ChannelTextMessage>("sendMessage", &test_app, payload).await;
    assert_eq!(parameters["text"], "a b c <d> snake_case");
    let entities = json!([
        { "type": "bold", "offset": 2, "length": 1 },
        { "type": "italic", "offset": 4, "length": 1 },
    ]);
    assert_eq!(parameters["entities"], entities);
    assert!(parameters.get("parse_mode").is_none());
    let tags = json!({ "id": "1001", "chatId": CHAT.to_string() });
    assert_eq!(test_app.messages()[0]["tags"], tags);
}

#[tokio::test]
async fn a_text_that_is_too_long_for_telegram_comes_in_parts() {
    let test_app = TestApp::new().await;
    // It has the 4096 characters of the schema, and twice as many UTF-16 units.
    let text = "😀 ".repeat(2000);
    let calls = test_app
        .sent::<ChannelTextMessage>(json!({ "text": text }))
        .await;
    assert_eq!(calls.len(), 2);
    let all: String = texts(&calls).join(" ");
    assert_eq!(all.matches('😀').count(), 2000);
    assert_eq!(test_app.messages()[0]["tags"]["id"], "1002");
}

#[tokio::test]
async fn an_image_is_sent_by_its_address() {
    let test_app = TestApp::new().await;
    let payload =
        json!({ "imageUrl": "https://a.test/b.png", "title": "A *title*", "caption": "**below**" });
    let parameters = sent_by::<ChannelImageMessage>("sendPhoto", &test_app, payload).await;
    assert_eq!(parameters["photo"], "https://a.test/b.png");
    assert_eq!(parameters["caption"], "A *title*\nbelow");
    let entities = json!([
        { "type": "bold", "offset": 0, "length": 9 },
        { "type": "bold", "offset": 10, "length": 5 },
    ]);
    assert_eq!(parameters["caption_entities"], entities);
}

#[tokio::test]
async fn a_caption_that_is_too_long_goes_on_as_texts() {
    let test_app = TestApp::new().await;
    let caption = "word ".repeat(1200);
    let payload = json!({ "imageUrl": "https://a.test/b.png", "caption": caption });
    let calls = test_app.sent::<ChannelImageMessage>(payload).await;
    let methods: Vec<_> = calls.iter().map(|call| call.method.as_str()).collect();
    assert_eq!(methods, ["sendPhoto", "sendMessage", "sendMessage"]);
    let below = calls[0].parameters["caption"].as_str().unwrap();
    assert!(utf16_len(below) > 1000, "{}", utf16_len(below));
    let words = |text: &str| text.split_whitespace().count();
    let total: usize = texts(&calls).into_iter().map(words).sum();
    assert_eq!(total + words(below), 1200);
}

#[tokio::test]
async fn audio_is_played_as_music_or_as_a_voice() {
    let test_app = TestApp::new().await;
    let payload =
        json!({ "audioUrl": "https://a.test/b.mp3", "title": "Song", "caption": "la la" });
    let parameters = sent_by::<ChannelAudioMessage>("sendAudio", &test_app, payload).await;
    let parts = (
        &parameters["audio"],
        &parameters["title"],
        &parameters["caption"],
    );
    assert_eq!(
        parts,
        (
            &json!("https://a.test/b.mp3"),
            &json!("Song"),
            &json!("la la")
        )
    );
    let payload = json!({ "audioUrl": "https://a.test/b.OGG?c=d.mp3" });
    let parameters = sent_by::<ChannelAudioMessage>("sendVoice", &test_app, payload).await;
    assert_eq!(parameters["voice"], "https://a.test/b.OGG?c=d.mp3");
}

#[tokio::test]
async fn audio_that_is_no_music_is_tried_as_a_voice() {
    let test_app = TestApp::new().await;
    test_app.telegram.refuse(
        "sendAudio",
        400,
        "Bad Request: wrong type of the web page content",
    );
    let calls = test_app
        .sent::<ChannelAudioMessage>(json!({ "audioUrl": "https://a.test/b" }))
        .await;
    let methods: Vec<_> = calls.iter().map(|call| call.method.as_str()).collect();
    assert_eq!(methods, ["sendAudio", "sendVoice"]);
}

#[tokio::test]
async fn a_video_and_a_file_have_their_title_below_them() {
    let test_app = TestApp::new().await;
    let payload = json!({ "videoUrl": "https://a.test/b.mp4", "title": "A *film*" });
    let parameters = sent_by::<ChannelVideoMessage>("sendVideo", &test_app, payload).await;
    assert_eq!(
        (&parameters["video"], &parameters["caption"]),
        (&json!("https://a.test/b.mp4"), &json!("A *film*"))
    );
    let payload = json!({ "fileUrl": "https://a.test/b.pdf", "title": "A book" });
    let parameters = sent_by::<ChannelFileMessage>("sendDocument", &test_app, payload).await;
    assert_eq!(
        (&parameters["document"], &parameters["caption"]),
        (&json!("https://a.test/b.pdf"), &json!("A book"))
    );
}

#[tokio::test]
async fn files_that_telegram_does_not_fetch_are_sent_as_links() {
    let test_app = TestApp::new().await;
    test_app.telegram.refuse(
        "sendDocument",
        400,
        "Bad Request: failed to get HTTP URL content",
    );
    let payload = json!({ "fileUrl": "https://a.test/b_c_d.txt", "title": "Notes" });
    let calls = test_app.sent::<ChannelFileMessage>(payload).await;
    assert_eq!(texts(&calls), ["", "Notes\nhttps://a.test/b_c_d.txt"]);
    assert!(
        test_app
            .harness
            .log()
            .text()
            .contains("failed to get HTTP URL content")
    );
}

#[tokio::test]
async fn a_location_is_a_point_or_a_place_with_a_name() {
    let test_app = TestApp::new().await;
    let point = json!({ "latitude": 46.8, "longitude": -71.2 });
    let parameters =
        sent_by::<ChannelLocationMessage>("sendLocation", &test_app, point.clone()).await;
    assert_eq!(
        (&parameters["latitude"], &parameters["longitude"]),
        (&json!(46.8), &json!(-71.2))
    );

    let mut place = point.clone();
    (place["title"], place["address"]) = (json!("Here"), json!("1 Street"));
    let parameters = sent_by::<ChannelLocationMessage>("sendVenue", &test_app, place).await;
    assert_eq!(
        (&parameters["title"], &parameters["address"]),
        (&json!("Here"), &json!("1 Street"))
    );

    let mut titled = point;
    titled["title"] = json!("Here");
    let calls = test_app.sent::<ChannelLocationMessage>(titled).await;
    assert_eq!(texts(&calls), ["", "Here"]);
}

#[tokio::test]
async fn a_card_has_buttons_for_its_actions() {
    let test_app = TestApp::new().await;
    let mut card = json!({
        "title": "A <card>",
        "subtitle": "with *more*",
        "actions": [
            { "action": "postback", "label": "Buy", "value": "buy:1" },
            { "action": "say", "label": "Ask", "value": "What is it?" },
            { "action": "url", "label": "Read", "value": "https://a.test" },
        ],
    });
    let parameters = sent_by::<ChannelCardMessage>("sendMessage", &test_app, card.clone()).await;
    assert_eq!(parameters["text"], "A <card>\nwith more");
    let buttons = json!([
        [{ "text": "Buy", "callback_data": "v:buy:1" }],
        [{ "text": "Ask", "callback_data": "v:What is it?" }],
        [{ "text": "Read", "url": "https://a.test" }],
    ]);
    assert_eq!(parameters["reply_markup"]["inline_keyboard"], buttons);

    card["imageUrl"] = json!("https://a.test/b.png");
    let parameters = sent_by::<ChannelCardMessage>("sendPhoto", &test_app, card).await;
    assert_eq!(parameters["caption"], "A <card>\nwith more");
    assert_eq!(parameters["reply_markup"]["inline_keyboard"], buttons);
}

#[tokio::test]
async fn a_carousel_is_its_cards_and_one_without_any_is_nothing() {
    let test_app = TestApp::new().await;
    let card = |title: &str| json!({ "title": title, "actions": [] });
    let calls = test_app
        .sent::<ChannelCarouselMessage>(json!({ "items": [card("one"), card("two")] }))
        .await;
    assert_eq!(texts(&calls), ["one", "two"]);
    assert_eq!(test_app.messages()[0]["tags"]["id"], "1002");
    assert!(
        test_app
            .sent::<ChannelCarouselMessage>(json!({ "items": [] }))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_choice_and_a_dropdown_have_a_button_for_each_option() {
    has_a_button_for_each_option::<ChannelChoiceMessage>().await;
    has_a_button_for_each_option::<ChannelDropdownMessage>().await;
}

async fn has_a_button_for_each_option<M: ChannelMessage<ChannelChannel>>() {
    let test_app = TestApp::new().await;
    let long = "x".repeat(70);
    let payload = json!({
        "text": "Well, **which**?",
        "options": [{ "label": "One", "value": "1" }, { "label": "Long", "value": long }],
    });
    let parameters = sent_by::<M>("sendMessage", &test_app, payload).await;
    assert_eq!(parameters["text"], "Well, which?");
    let buttons = json!([
        [{ "text": "One", "callback_data": "v:1" }],
        [{ "text": "Long", "callback_data": format!("m:{MESSAGE}:1") }],
    ]);
    assert_eq!(parameters["reply_markup"]["inline_keyboard"], buttons);
}

#[tokio::test]
async fn more_options_than_a_message_has_room_for_come_in_several() {
    let test_app = TestApp::new().await;
    let option =
        |number: usize| json!({ "label": number.to_string(), "value": number.to_string() });
    let options: Vec<_> = (0..250).map(option).collect();
    let text = "Which? ".repeat(800);
    let calls = test_app
        .sent::<ChannelDropdownMessage>(json!({ "text": text, "options": options }))
        .await;
    // The buttons are below the end of the text.
    assert!(calls[0].parameters.get("reply_markup").is_none());
    let counts: Vec<_> = calls[1..]
        .iter()
        .map(|call| rows(&call.parameters).len())
        .collect();
    assert_eq!(counts, [100, 100, 50]);
    assert_eq!(rows(&calls[3].parameters)[49][0]["text"], "249");
}

#[tokio::test]
async fn a_bloc_is_its_messages_in_their_order() {
    let test_app = TestApp::new().await;
    let items = json!([
        { "type": "text", "payload": { "text": "first" } },
        { "type": "image", "payload": { "imageUrl": "https://a.test/1" } },
        { "type": "audio", "payload": { "audioUrl": "https://a.test/2" } },
        { "type": "video", "payload": { "videoUrl": "https://a.test/3" } },
        { "type": "file", "payload": { "fileUrl": "https://a.test/4" } },
        { "type": "location", "payload": { "latitude": 1, "longitude": 2 } },
    ]);
    let calls = test_app
        .sent::<ChannelBlocMessage>(json!({ "items": items }))
        .await;
    let methods: Vec<_> = calls.iter().map(|call| call.method.as_str()).collect();
    let expected = [
        "sendMessage",
        "sendPhoto",
        "sendAudio",
        "sendVideo",
        "sendDocument",
        "sendLocation",
    ];
    assert_eq!(methods, expected);
    let acknowledgments = test_app.harness.requests();
    let acknowledgments = acknowledgments
        .iter()
        .filter(|request| request.method == Method::PUT);
    assert_eq!(acknowledgments.count(), 1);
}

#[tokio::test]
async fn the_owner_sees_the_reason_of_a_rejection() {
    let test_app = TestApp::new().await;
    let refusals = [
        (
            403,
            "Forbidden: bot was blocked by the user",
            "the user blocked it",
        ),
        (401, "Unauthorized", "enter the token that @BotFather shows"),
        (400, "Bad Request: chat not found", "chat not found"),
    ];
    for (code, description, told) in refusals {
        test_app.telegram.refuse("sendMessage", code, description);
        let answer = test_app
            .send::<ChannelTextMessage>(json!({ "text": "hello" }))
            .await;
        owner_reads(answer, told);
    }
    assert_eq!(test_app.messages()[0]["tags"], json!({}));
}

#[tokio::test]
async fn a_rate_limit_is_retried_once() {
    let test_app = TestApp::new().await;
    let too_many = |seconds: u64| {
        json!({
            "ok": false,
            "error_code": 429,
            "description": "Too Many Requests",
            "parameters": { "retry_after": seconds },
        })
    };
    test_app.telegram.refuse_with("sendMessage", too_many(0));
    assert_eq!(
        test_app
            .sent::<ChannelTextMessage>(json!({ "text": "hello" }))
            .await
            .len(),
        2
    );

    test_app.telegram.refuse_with("sendMessage", too_many(0));
    test_app.telegram.refuse_with("sendMessage", too_many(0));
    let answer = test_app
        .send::<ChannelTextMessage>(json!({ "text": "hello" }))
        .await;
    owner_reads(answer, "rate of messages");
    assert_eq!(test_app.telegram.take_calls().len(), 2);

    test_app.telegram.refuse_with("sendMessage", too_many(600));
    let answer = test_app
        .send::<ChannelTextMessage>(json!({ "text": "hello" }))
        .await;
    owner_reads(answer, "600 seconds");
    assert_eq!(test_app.telegram.take_calls().len(), 1);
}

#[tokio::test]
async fn a_failure_of_telegram_is_one_that_botpress_may_try_again() {
    let test_app = TestApp::new().await;
    test_app.telegram.refuse("sendMessage", 502, "Bad Gateway");
    let answer = test_app
        .send::<ChannelTextMessage>(json!({ "text": "hello" }))
        .await;
    assert_eq!(answer.unwrap_err().status, 500);
}

#[tokio::test]
async fn a_conversation_without_a_chat_is_an_error_for_the_owner() {
    let test_app = TestApp::new().await;
    let answer = test_app
        .send_to::<ChannelTextMessage>(
            &ChannelConversationTags::default(),
            json!({ "text": "hello" }),
        )
        .await;
    owner_reads(answer, "no tag `id`");
}
