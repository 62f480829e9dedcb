//! The two functions that an integration exports as a WebAssembly module.
//!
//! The program that has loaded the module writes a message into the inbox, takes a turn, and reads
//! the outbox. Nothing else crosses the boundary, except what WASI has: time, random numbers,
//! variables and the standard streams. `contexture` knows the messages; this crate only moves
//! bytes. It is apart because `#[unsafe(no_mangle)]` counts as unsafe code.
//!
//! | export | |
//! |---|---|
//! | `contexture_inbox(length)` | makes an inbox of `length` bytes, and returns its address |
//! | `contexture_turn()` | passes the inbox on, and returns the address of the outbox: its length in 4 bytes, little-endian, and then its bytes |
//!
//! The outbox is valid until the next turn. The module has one thread, and a turn ends before the
//! next message is written.

use std::cell::{Cell, RefCell};

/// Reads the inbox, and appends what the program is to do to the outbox.
pub type Turn = fn(inbox: Vec<u8>, outbox: &mut Vec<u8>);

thread_local! {
    static TURN: Cell<Option<Turn>> = const { Cell::new(None) };
    static INBOX: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static OUTBOX: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The number of bytes of the length that the outbox begins with.
const LENGTH: usize = size_of::<u32>();

/// The largest outbox that is kept for the next turn.
const KEPT: usize = 256 * 1024;

/// Sets the function that takes turns. Without one, a turn does nothing.
pub fn take_turns_with(turn: Turn) {
    TURN.set(Some(turn));
}

/// Makes an inbox of `length` bytes for the next message, and returns its address.
#[cfg_attr(
    target_family = "wasm",
    expect(unsafe_code, reason = "the name is exported")
)]
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
#[must_use]
pub extern "C" fn contexture_inbox(length: usize) -> *mut u8 {
    let mut inbox = vec![0; length];
    let address = inbox.as_mut_ptr();
    // Moving the vector does not move its bytes.
    INBOX.set(inbox);
    address
}

/// Passes the inbox on, and returns the address of the outbox, which begins with its length.
///
/// # Panics
///
/// Panics if the outbox has more than 4 GiB.
#[cfg_attr(
    target_family = "wasm",
    expect(unsafe_code, reason = "the name is exported")
)]
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
#[must_use]
pub extern "C" fn contexture_turn() -> *const u8 {
    let inbox = INBOX.take();
    // Taken, so that a turn may log or panic while it writes.
    let mut outbox = OUTBOX.take();
    outbox.clear();
    outbox.shrink_to(KEPT);
    outbox.extend_from_slice(&[0; LENGTH]);
    if let Some(turn) = TURN.get() {
        turn(inbox, &mut outbox);
    }
    let length = u32::try_from(outbox.len() - LENGTH).expect("the memory of a module has 4 GiB");
    outbox[..LENGTH].copy_from_slice(&length.to_le_bytes());
    OUTBOX.with_borrow_mut(|kept| {
        *kept = outbox;
        kept.as_ptr()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outbox() -> Vec<u8> {
        let _ = contexture_turn();
        OUTBOX.with_borrow(Clone::clone)
    }

    #[test]
    fn a_turn_gets_the_inbox_and_the_outbox_begins_with_its_length() {
        assert_eq!(outbox(), [0; 4]);
        take_turns_with(|inbox, outbox| {
            outbox.extend(inbox.iter().rev());
            outbox.push(u8::try_from(inbox.len()).unwrap());
        });
        INBOX.set(vec![1, 2]);
        assert_eq!(outbox(), [3, 0, 0, 0, 2, 1, 2]);
        assert_eq!(outbox(), [1, 0, 0, 0, 0]);
    }

    #[test]
    fn an_inbox_has_the_length_that_was_asked_for() {
        assert!(!contexture_inbox(3).is_null());
        assert_eq!(INBOX.take().len(), 3);
    }
}
