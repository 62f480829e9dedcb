//! Why a token is refused.

use crate::webhook::signature::SignatureError;

pub(super) const fn refused(reason: &'static str) -> SignatureError {
    SignatureError::Token { reason }
}
