//! A stack for work that recurses into what authors wrote.

/// Enough for the deepest file that is read, in a build without optimizations.
const SIZE: usize = 32 * 1024 * 1024;

/// Works on a stack of its own, so that a deep file is a finding and not the end of the process, whichever thread
/// asks for it.
pub(crate) fn on_deep_stack<T: Send>(work: impl Fn() -> T + Send + Sync) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(SIZE)
            .spawn_scoped(scope, &work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // A system without another thread to give may still have stack enough.
            Err(_) => work(),
        }
    })
}
