//! A handler that creates conversations names every channel of the definition.

use contexture::CreatedConversation;
use contexture_tests::rooms::NewConversation;

fn create(conversation: NewConversation) -> Option<CreatedConversation> {
    match conversation {
        NewConversation::Direct(_) => None,
        NewConversation::Room(_) => None,
    }
}

fn main() {}
