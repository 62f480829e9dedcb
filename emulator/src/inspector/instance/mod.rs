//! Instances: installation, status, configuration, removal.

mod configuration;
mod install;
mod operations;
mod overview;

pub(super) use self::install::{install, show as show_install};
pub(super) use self::operations::{ping, register, remove, rotate, uninstall, unregister};
pub(super) use self::overview::{configure, show as overview};
