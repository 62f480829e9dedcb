//! Lists, which are read page by page.

mod filters;
mod pages;
mod source;
mod unread;

pub use filters::{
    Direction, OfConversations, OfEvents, OfFiles, OfMessages, OfUsers, SortBy, SortFilesBy,
    Unfiltered,
};
pub use pages::Pages;
pub use source::Page;
pub use unread::List;
