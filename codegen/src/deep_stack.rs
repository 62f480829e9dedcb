//! A stack for recursion into definitions.

/// Enough for the deepest file that is read, in a build without optimizations.
const SIZE: usize = 32 * 1024 * 1024;

/// Works on a large stack, so that a deep file is a diagnostic and not a stack overflow, on whichever thread
/// this is called.
pub fn on_deep_stack<T: Send>(work: impl Fn() -> T + Send + Sync) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(SIZE)
            .spawn_scoped(scope, &work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // Without another thread, the current stack may still be large enough.
            Err(_) => work(),
        }
    })
}
