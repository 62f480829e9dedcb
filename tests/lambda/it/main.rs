//! A function on the stand-in of AWS Lambda.

mod after_response;
mod bodies;
mod calls;
mod deadline;
mod log;
mod signatures;
mod start;
mod support;
