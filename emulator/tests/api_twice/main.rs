//! The same requests to the emulator and to the in-memory Botpress of `contexture::testing`, with the same answers.
//!
//! The in-memory one is made for tests of handlers, and differs where it says so:
//!
//! - It has no tokens and no definition: nothing is undeclared, and no payload is validated.
//! - It has one bot and one integration, no limits, and no shapes of bodies.
//! - An update of something unknown creates it, and a deletion of something unknown succeeds.
//! - Nothing expires, nothing is scheduled, and messages are not imported.
//! - Its entities have no times, no `status`, `direction` or `owner`, and ids in a form of its own.
//! - A page has all items unless the request names a size. Filters by time and orders are ignored.
//! - Files are found by their id only, and are not copied, indexed or searched.
//! - It answers operations that are not meant for integrations with an empty object.

mod backend;
mod cases;
mod files;

use self::backend::Backend;

/// Runs each case against both.
macro_rules! twice {
    ($($module:ident::$case:ident),* $(,)?) => {
        mod emulator {
            $(#[tokio::test]
            async fn $case() {
                super::$module::$case(&super::Backend::emulator()).await;
            })*
        }

        mod in_memory {
            $(#[tokio::test]
            async fn $case() {
                super::$module::$case(&super::Backend::in_memory()).await;
            })*
        }
    };
}

twice! {
    cases::a_created_user_is_found_by_its_id,
    cases::an_unknown_id_is_not_found,
    cases::an_update_merges_maps_and_removes_with_null_and_the_empty_text,
    cases::get_or_create_matches_all_tags_unless_some_are_named,
    cases::what_is_found_is_updated,
    cases::conversations_stay_within_their_channel,
    cases::messages_stay_within_their_conversation,
    cases::a_found_message_without_a_payload_keeps_its_own,
    cases::the_sender_of_a_message_participates,
    cases::participants_are_added_and_removed,
    cases::a_deleted_conversation_takes_its_messages_along,
    cases::what_arrives_is_created_once,
    cases::known_ones_that_arrive_are_named_by_their_ids,
    cases::states_are_set_patched_and_deleted,
    cases::the_expiry_of_a_state_stays_until_it_is_set,
    cases::the_latest_is_listed_first,
    cases::lists_are_filtered,
    cases::pages_follow_each_other,
    cases::events_are_created_and_listed,
    cases::an_integration_configures_and_counts,
    files::a_file_is_described_and_uploaded,
    files::a_known_key_keeps_its_id,
    files::tags_and_metadata_of_files_are_merged,
    files::files_are_filtered,
}
