//! The file descriptor limit of the process. Each connection uses one descriptor.

/// The number of descriptors reserved for the client's connections and other files, if the limit
/// allows it.
const RESERVED: u64 = 128;

/// Returns the connection limit: the configured one, or fewer if the process may not open enough
/// files.
pub(super) fn connections(set: u32) -> u32 {
    limited(set, open_files())
}

fn limited(set: u32, files: Option<u64>) -> u32 {
    let Some(files) = files else {
        return set;
    };
    let left = files - RESERVED.min(files / 2);
    set.min(u32::try_from(left).unwrap_or(u32::MAX)).max(1)
}

/// Returns the file descriptor limit of the process, or `None` if there is none.
#[cfg(unix)]
fn open_files() -> Option<u64> {
    let (soft, _) = rlimit::Resource::NOFILE.get().ok()?;
    (soft != rlimit::INFINITY).then_some(soft)
}

#[cfg(not(unix))]
fn open_files() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_others() {
        assert_eq!(limited(1024, None), 1024);
        assert_eq!(limited(1024, Some(u64::MAX)), 1024);
        assert_eq!(limited(u32::MAX, Some(u64::MAX)), u32::MAX);
        assert_eq!(limited(1024, Some(1024)), 896);
        assert_eq!(limited(100, Some(1024)), 100);
        assert_eq!(limited(1024, Some(40)), 20);
        assert_eq!([limited(1024, Some(1)), limited(1024, Some(0))], [1, 1]);
    }
}
