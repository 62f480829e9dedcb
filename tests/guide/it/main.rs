//! The guide in `docs/guide`: its code is that of this package, its messages are those that the tools print.

mod changes;
mod chapters;
mod code;
mod compiler;
mod generator;
mod index;
mod messages;
