//! What is generated from the definitions of the repository, compiled with warnings denied.
#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));
