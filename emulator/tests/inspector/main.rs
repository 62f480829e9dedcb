//! The inspector: its pages as a browser gets them, and as a person uses them in Chromium.

mod bench;
mod browser;
mod courier;
mod deployed;
mod pages;
mod refused;
#[path = "../platform/scripted.rs"]
mod scripted;
