//! The orders of this turn.

use std::cell::Cell;

use super::message::Order;

thread_local! {
    static ORDERS: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Gives an order to the program. It is carried out after this turn.
pub(super) fn give(order: &Order<'_>) {
    let mut orders = ORDERS.take();
    order.write(&mut orders);
    ORDERS.set(orders);
}

/// Takes the orders that were given in this turn.
pub(super) fn take() -> Vec<u8> {
    ORDERS.take()
}
