//! The generated code of the repository's definitions, compiled with warnings denied.
#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));
