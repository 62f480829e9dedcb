//! The error for invalid tokens.

use crate::webhook::signature::SignatureError;

pub(super) const fn refused(reason: &'static str) -> SignatureError {
    SignatureError::Token { reason }
}
