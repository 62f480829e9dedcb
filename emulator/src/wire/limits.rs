//! The limits of Botpress's API.

/// The shortest and the longest id of a resource, in characters.
pub(crate) const ID_LENGTH: (usize, usize) = (28, 36);

/// The longest name of a channel, an event, a message type, a user or a state, in characters.
pub(crate) const NAME_LENGTH: usize = 200;

/// The longest value of a tag that is sent with a new resource, in characters.
pub(crate) const TAG_LENGTH: usize = 500;

/// The longest value of a file's tag, in characters.
pub(crate) const FILE_TAG_LENGTH: usize = 1000;

/// The longest value of a property or an attribute, in characters.
pub(crate) const PROPERTY_LENGTH: usize = 200;

/// The longest address of a picture, in characters.
pub(crate) const PICTURE_URL_LENGTH: usize = 40_000;

/// The largest payload of a message or a state, in bytes of JSON.
pub(crate) const PAYLOAD_BYTES: usize = 131_072;

/// The longest expiry of a state, in milliseconds: 30 days.
pub(crate) const STATE_EXPIRY: f64 = 2_592_000_000.0;

/// The most messages of an import.
pub(crate) const IMPORTED_MESSAGES: usize = 100;

/// The largest file, in bytes.
pub(crate) const FILE_BYTES: u64 = 100 * 1024 * 1024;

/// The latest expiry of a file, in milliseconds from now: 90 days.
pub(crate) const FILE_EXPIRY: u64 = 90 * 24 * 60 * 60 * 1000;

/// The most ids that a list of files can be filtered by.
pub(crate) const FILTERED_FILES: usize = 50;

/// The size of a page if the request names none, and the largest one.
pub(crate) const PAGE_SIZE: (u64, u64) = (20, 100);

/// The number of passages of a file on a page if the request names none, and the largest one.
pub(crate) const PASSAGES_SIZE: (u64, u64) = (20, 200);
