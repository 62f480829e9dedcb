//! Received messages of each type.

use contexture::ApiErrorKind;
use contexture::testing::{Collection, RecordedRequest};
use serde_json::{Value, json};

use super::bot_api::CONTENT;
use super::test_app::{CHAT, MESSAGE, OTHER_TOKEN, TestApp};
use crate::inbound::SECRET_HEADER;
use crate::telegram::channels::ChannelChoiceMessage;
use crate::telegram_api::BotToken;

/// An update with a message that has these fields in addition to the common ones.
fn message(fields: &Value) -> Value {
    let mut message = json!({
        "message_id": 12,
        "date": 1_700_000_000,
        "chat": { "id": CHAT, "type": "private", "first_name": "Ada" },
        "from": {
            "id": 99, "is_bot": false, "first_name": "Ada", "last_name": "Lovelace", "username": "ada",
        },
    });
    let fields = fields.as_object().unwrap().clone();
    message.as_object_mut().unwrap().extend(fields);
    json!({ "update_id": 1, "message": message })
}

/// The type and the payload of a message with these fields.
async fn delivered(fields: Value) -> (String, Value) {
    let test_app = TestApp::new().await;
    delivered_to(&test_app, &message(&fields)).await
}

async fn delivered_to(test_app: &TestApp, update: &Value) -> (String, Value) {
    test_app.update(update).await.is_ok();
    is_asked_for_once_and_openly(&test_app.harness.requests());
    let messages = test_app.messages();
    let [_, message] = messages.as_slice() else {
        panic!(
            "not exactly one message: {messages:?}\n{}",
            test_app.harness.log().text()
        );
    };
    (
        message["type"].as_str().unwrap().to_owned(),
        message["payload"].clone(),
    )
}

/// Whether a repeated message is delivered once, and whether files are readable by their URL.
fn is_asked_for_once_and_openly(requests: &[RecordedRequest]) {
    for request in requests {
        if request.path.starts_with("/uploads/") {
            assert_eq!(request.header("x-amz-tagging"), Some("public=true"));
        }
        if request.path.ends_with("/initialize-incoming-message") {
            let message = &request.body.as_ref().unwrap()["message"];
            assert_ne!(message["discriminateByTags"], json!([]), "{request}");
        }
    }
}

#[track_caller]
fn is(delivered: &(String, Value), message_type: &str, payload: &Value) {
    assert_eq!(
        (delivered.0.as_str(), &delivered.1),
        (message_type, payload)
    );
}

fn address(file: &str, name: &str) -> String {
    format!("https://files.test/telegram/4242/{file}/{name}")
}

#[tokio::test]
async fn a_text_comes_with_its_conversation_and_its_user() {
    let test_app = TestApp::new().await;
    let delivered = delivered_to(&test_app, &message(&json!({ "text": "hello 😀" }))).await;
    is(&delivered, "text", &json!({ "text": "hello 😀" }));
    let conversation = &test_app.conversations()[0];
    assert_eq!(conversation["channel"], "channel");
    let tags = json!({
        "id": "77", "chatId": "77", "fromUserId": "99", "fromUserUsername": "ada", "fromUserName": "Ada Lovelace",
    });
    assert_eq!(conversation["tags"], tags);
    let user = &test_app.users()[0];
    assert_eq!(
        (&user["name"], &user["tags"]),
        (&json!("Ada Lovelace"), &json!({ "id": "99" }))
    );
    assert_eq!(
        test_app.messages()[1]["tags"],
        json!({ "id": "12", "chatId": "77" })
    );
}

#[tokio::test]
async fn an_update_that_comes_again_makes_no_second_message() {
    let test_app = TestApp::new().await;
    for _ in 0..2 {
        delivered_to(&test_app, &message(&json!({ "text": "hello" }))).await;
    }
    let mut other = message(&json!({ "text": "hello" }));
    other["message"]["chat"]["id"] = json!(-100_123);
    test_app.update(&other).await.is_ok();
    assert_eq!(test_app.messages().len(), 3);
    assert_eq!(test_app.conversations().len(), 2);
    assert_eq!(test_app.users().len(), 1);
}

#[tokio::test]
async fn a_photo_is_an_image_in_its_largest_size() {
    let test_app = TestApp::new().await;
    let size = |id: &str| json!({ "file_id": id, "file_unique_id": id, "width": 1, "height": 1 });
    let photo = json!({ "photo": [size("small.jpg"), size("large.jpg")], "caption": "look" });
    let delivered = delivered_to(&test_app, &message(&photo)).await;
    let url = address("large.jpg", "file.jpg");
    is(
        &delivered,
        "image",
        &json!({ "imageUrl": url, "caption": "look" }),
    );

    assert_eq!(
        test_app.harness.botpress().content("file-1").as_deref(),
        Some(CONTENT)
    );
    let file = &test_app.files()[0];
    assert_eq!(file["size"], CONTENT.len());
    assert_eq!(file["contentType"], "image/jpeg");
    assert_eq!(file["accessPolicies"], json!(["public_content"]));
}

#[tokio::test]
async fn videos_animations_and_round_videos_are_videos() {
    let file = json!({ "file_id": "f.mp4", "file_unique_id": "f", "duration": 1, "mime_type": "video/mp4" });
    let mut named = file.clone();
    named["file_name"] = json!("holiday.mp4");
    let url = address("f", "holiday.mp4");
    is(
        &delivered(json!({ "video": named, "caption": "sea" })).await,
        "video",
        &json!({ "videoUrl": url, "title": "sea" }),
    );
    let animation = json!({ "animation": named, "document": named });
    is(
        &delivered(animation).await,
        "video",
        &json!({ "videoUrl": url, "title": "holiday.mp4" }),
    );
    let url = address("f", "file.mp4");
    is(
        &delivered(json!({ "video_note": file })).await,
        "video",
        &json!({ "videoUrl": url }),
    );
}

#[tokio::test]
async fn music_and_voices_are_audio() {
    let music = json!({
        "file_id": "m.mp3", "file_unique_id": "m", "duration": 1, "performer": "Band", "title": "Song", "file_name": "m.mp3",
    });
    let payload = json!({ "audioUrl": address("m", "m.mp3"), "title": "Song", "caption": "hear" });
    is(
        &delivered(json!({ "audio": music, "caption": "hear" })).await,
        "audio",
        &payload,
    );
    let voice = json!({ "file_id": "v.oga", "file_unique_id": "v", "duration": 1, "mime_type": "audio/ogg" });
    let payload = json!({ "audioUrl": address("v", "file.oga") });
    is(
        &delivered(json!({ "voice": voice })).await,
        "audio",
        &payload,
    );
}

#[tokio::test]
async fn a_document_is_a_file() {
    let document = json!({
        "file_id": "d.pdf", "file_unique_id": "d", "file_name": "report (1).pdf", "mime_type": "application/pdf",
    });
    let (message_type, payload) = delivered(json!({ "document": document })).await;
    assert_eq!(message_type, "file");
    assert_eq!(
        payload,
        json!({ "fileUrl": address("d", "report (1).pdf"), "title": "report (1).pdf" })
    );
}

#[tokio::test]
async fn a_file_that_bots_may_not_read_leaves_its_words() {
    let test_app = TestApp::new().await;
    let document =
        json!({ "file_id": "too-large.zip", "file_unique_id": "z", "file_name": "all.zip" });
    let update = message(&json!({ "document": document, "caption": "everything" }));
    is(
        &delivered_to(&test_app, &update).await,
        "text",
        &json!({ "text": "everything" }),
    );
    assert!(test_app.harness.log().text().contains("too large"));
}

#[tokio::test]
async fn a_sticker_has_the_type_of_its_content() {
    let sticker = |id: &str, animated: bool, video: bool| {
        json!({ "sticker": {
            "file_id": id, "file_unique_id": "s", "emoji": "🐱", "is_animated": animated, "is_video": video,
        } })
    };
    let payload = json!({ "imageUrl": address("s", "file.webp"), "title": "🐱" });
    is(
        &delivered(sticker("s.webp", false, false)).await,
        "image",
        &payload,
    );
    let payload = json!({ "videoUrl": address("s", "file.webm"), "title": "🐱" });
    is(
        &delivered(sticker("s.webm", false, true)).await,
        "video",
        &payload,
    );
    is(
        &delivered(sticker("s.tgs", true, false)).await,
        "text",
        &json!({ "text": "🐱" }),
    );
}

#[tokio::test]
async fn a_location_and_a_place_are_locations() {
    let location = json!({ "latitude": 46.8, "longitude": -71.25 });
    is(
        &delivered(json!({ "location": location })).await,
        "location",
        &location,
    );
    let venue = json!({ "location": location, "title": "Here", "address": "1 Street" });
    let mut place = location.clone();
    (place["title"], place["address"]) = (json!("Here"), json!("1 Street"));
    is(
        &delivered(json!({ "location": location, "venue": venue })).await,
        "location",
        &place,
    );
}

#[tokio::test]
async fn a_contact_is_a_text() {
    let contact =
        json!({ "phone_number": "+1 555 0100", "first_name": "Grace", "last_name": "Hopper" });
    let payload = json!({ "text": "Grace Hopper\n+1 555 0100" });
    is(
        &delivered(json!({ "contact": contact })).await,
        "text",
        &payload,
    );
}

fn pressed(id: &str, data: &str) -> Value {
    let message = json!({ "message_id": 11, "date": 0, "chat": { "id": CHAT, "type": "private" } });
    let from = json!({ "id": 99, "is_bot": false, "first_name": "Ada" });
    json!({ "update_id": 2, "callback_query": { "id": id, "from": from, "message": message, "data": data } })
}

#[tokio::test]
async fn a_button_that_is_pressed_is_its_value() {
    let test_app = TestApp::new().await;
    let payload =
        json!({ "text": "Which?", "options": [{ "label": "One", "value": "the first" }] });
    let calls = test_app.sent::<ChannelChoiceMessage>(payload).await;
    let button = &calls[0].parameters["reply_markup"]["inline_keyboard"][0][0];
    let data = button["callback_data"].as_str().unwrap();
    is(
        &delivered_to(&test_app, &pressed("5", data)).await,
        "text",
        &json!({ "text": "the first" }),
    );
    let calls = test_app.telegram.take_calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].method, "answerCallbackQuery");
    assert_eq!(calls[0].parameters, json!({ "callback_query_id": "5" }));

    // A repeated update is ignored. A second press is not.
    delivered_to(&test_app, &pressed("5", data)).await;
    test_app.update(&pressed("6", data)).await.is_ok();
    assert_eq!(test_app.messages().len(), 3);
}

#[tokio::test]
async fn a_value_that_telegram_cannot_keep_is_found_again() {
    let long = |word: &str| format!("{word} ").repeat(30);
    let card = json!({
        "title": "A card",
        "actions": [
            { "action": "url", "label": "a", "value": "https://a.test" },
            { "action": "postback", "label": "b", "value": long("b") },
        ],
    });
    let question = json!({
        "text": "Which?",
        "options": [{ "label": "a", "value": "a" }, { "label": "b", "value": long("b") }],
    });
    let carousel = json!({ "items": [{ "title": "None", "actions": [] }, card] });
    let messages = [
        ("choice", question.clone()),
        ("dropdown", question),
        ("card", card),
        ("carousel", carousel),
    ];
    for (message_type, payload) in messages {
        let test_app = TestApp::new().await;
        let id = MESSAGE.replace('0', "9");
        let tags = json!({ "id": "11", "chatId": CHAT.to_string() });
        let stored = json!({ "id": id, "type": message_type, "payload": payload, "tags": tags });
        test_app
            .harness
            .botpress()
            .add(Collection::Messages, stored);
        test_app
            .update(&pressed("5", &format!("m:{id}:1")))
            .await
            .is_ok();
        let messages = test_app.messages();
        assert_eq!(
            messages[2]["payload"],
            json!({ "text": long("b") }),
            "{message_type}"
        );
    }
}

#[tokio::test]
async fn the_buttons_of_another_chat_cannot_be_pressed() {
    let test_app = TestApp::new().await;
    let question =
        json!({ "text": "Which?", "options": [{ "label": "a", "value": "of somebody else" }] });
    let tags = json!({ "id": "11", "chatId": "78" });
    test_app.harness.botpress().add(
        Collection::Messages,
        json!({ "id": "m1", "type": "choice", "payload": question, "tags": tags }),
    );
    for data in ["m:m1:0", "m:nothing:0", "m:m1:7"] {
        test_app.update(&pressed("5", data)).await.is_ok();
    }
    assert_eq!(test_app.messages().len(), 2);
    assert!(test_app.harness.log().text().contains("ignored update 2"));
}

#[tokio::test]
async fn a_button_that_is_answered_too_late_is_heard_all_the_same() {
    let test_app = TestApp::new().await;
    test_app
        .telegram
        .refuse("answerCallbackQuery", 400, "Bad Request: query is too old");
    is(
        &delivered_to(&test_app, &pressed("5", "v:yes")).await,
        "text",
        &json!({ "text": "yes" }),
    );
}

#[tokio::test]
async fn an_update_that_telegram_did_not_send_is_refused_unread() {
    let test_app = TestApp::new().await;
    let update = message(&json!({ "text": "hello" }));
    let other = BotToken::parse(OTHER_TOKEN)
        .unwrap()
        .webhook_secret("webhook-1");
    let own = BotToken::parse(super::test_app::TOKEN).unwrap();
    let elsewhere = own.webhook_secret("webhook-2");
    let wrong = ["", "a guess", other.expose(), elsewhere.expose()];
    let wrong = wrong.map(|secret| vec![(SECRET_HEADER, secret)]);
    for headers in [vec![]].into_iter().chain(wrong) {
        let answer = test_app.update_with(&headers, &update).await;
        assert_eq!(answer.status, 401, "{headers:?}");
    }
    assert_eq!(test_app.messages().len(), 1);
    // The name of the header is case-insensitive.
    let right = own.webhook_secret("webhook-1");
    let headers = [("X-Telegram-Bot-Api-Secret-Token", right.expose().as_str())];
    test_app.update_with(&headers, &update).await.is_ok();
    assert_eq!(test_app.messages().len(), 2);
}

#[tokio::test]
async fn without_a_token_every_update_is_refused() {
    let test_app = TestApp::without_token().await;
    let answer = test_app.update(&message(&json!({ "text": "hello" }))).await;
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn unsupported_updates_are_ignored_and_logged() {
    let test_app = TestApp::new().await;
    let mut own = message(&json!({ "text": "hello" }));
    own["message"]["from"]["is_bot"] = json!(true);
    let ignored = [
        own,
        message(&json!({ "dice": { "emoji": "🎲", "value": 3 } })),
        message(&json!({ "new_chat_members": [] })),
        json!({ "update_id": 1, "edited_message": message(&json!({ "text": "hello" }))["message"] }),
        json!({ "update_id": 1, "poll": {} }),
        json!({ "update_id": 1, "message": { "message_id": 1, "chat": { "id": 1 }, "text": "from nobody" } }),
    ];
    for update in &ignored {
        test_app.update(update).await.is_ok();
    }
    test_app
        .update(&json!({ "update_id": 1, "message": "unreadable" }))
        .await
        .is_ok();
    assert_eq!(test_app.messages().len(), 1);
    let log = test_app.harness.log().text();
    assert_eq!(
        log.matches("ignored update 1:").count(),
        ignored.len(),
        "{log}"
    );
    assert_eq!(log.matches("ignored an update").count(), 1, "{log}");
}

#[tokio::test]
async fn who_speaks_for_a_group_is_the_group() {
    let test_app = TestApp::new().await;
    let mut update = message(&json!({ "text": "hello" }));
    update["message"]["from"] =
        json!({ "id": 1_087_968_824, "is_bot": true, "first_name": "Group" });
    update["message"]["sender_chat"] =
        json!({ "id": -100_123, "type": "supergroup", "title": "Friends" });
    delivered_to(&test_app, &update).await;
    let user = &test_app.users()[0];
    assert_eq!(
        (&user["name"], &user["tags"]["id"]),
        (&json!("Friends"), &json!("-100123"))
    );
}

#[tokio::test]
async fn an_update_that_botpress_does_not_take_is_to_come_again() {
    let test_app = TestApp::new().await;
    test_app
        .harness
        .api()
        .go_down(ApiErrorKind::Forbidden, "not now");
    assert_eq!(
        test_app
            .update(&message(&json!({ "text": "hello" })))
            .await
            .status,
        500
    );
    test_app.harness.api().come_back();
    delivered_to(&test_app, &message(&json!({ "text": "hello" }))).await;
}
