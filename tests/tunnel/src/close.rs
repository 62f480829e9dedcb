//! Close codes.

/// The close codes of the tunnel (`@bpinternal/tunnel`, `errors.ts`).
pub mod code {
    /// The id is not accepted.
    pub const INVALID_ID: u16 = 4000;
    /// Another tail has the id.
    pub const ID_IN_USE: u16 = 4001;
    /// A frame of the tail cannot be read.
    pub const INVALID_RESPONSE: u16 = 4002;
    /// A frame of the tunnel cannot be read.
    pub const INVALID_REQUEST: u16 = 4003;
    /// The tunnel failed.
    pub const INTERNAL_HEAD: u16 = 4005;
}
