//! A server with many connections over a longer time.

use std::time::Duration;
use std::{io, thread};

use crate::call::Call;
use crate::generator::saturate;
use crate::options::Options;
use crate::server::Program;
use crate::table::Table;

const CONNECTIONS: usize = 256;

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let call = Call::hello();
    let script = call.write_script("hello")?;
    let server = Program::parity().start(&call)?;
    let warm_up = options.soak / 6;
    let (load, warm) = thread::scope(|scope| {
        let load = scope.spawn(|| saturate(&server, &script, CONNECTIONS, options.soak));
        thread::sleep(warm_up);
        let warm = server.memory_now();
        (load.join().expect("the load thread does not panic"), warm)
    });
    let (load, warm, end) = (load?, warm?, server.memory_now()?);
    let growth = (end / warm - 1.0) * 100.0;
    let time = Duration::as_secs(&options.soak);
    table.fact(
        &format!("errors in {time} s of {CONNECTIONS} connections"),
        format!("{} at {:.0} requests a second", load.errors, load.rate),
        "0",
        load.errors == 0,
    );
    table.fact(
        "growth of memory after warm-up meanwhile",
        format!("{growth:.1} %, from {warm:.1} to {end:.1} MB"),
        "at most 5 %",
        growth <= 5.0,
    );
    Ok(())
}
