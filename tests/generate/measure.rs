//! What a process has used, as the kernel tells it; 0 where it does not.

/// Seconds of processor time of this process, all threads.
pub fn cpu_seconds() -> f64 {
    cpu_of("self")
}

/// Peak resident memory of this process.
pub fn peak_bytes() -> u64 {
    peak_of("self")
}

/// Seconds of processor time of a process.
pub fn cpu_of(process: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let behind = text.rsplit(')').next().unwrap_or("");
    let field = |place: usize| behind.split_whitespace().nth(place).and_then(|text| text.parse::<f64>().ok());
    // User and system time, in hundredths.
    (field(11).unwrap_or(0.0) + field(12).unwrap_or(0.0)) / 100.0
}

/// Peak resident memory of a process in bytes.
pub fn peak_of(process: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// Resident memory of this process in bytes, now.
pub fn resident_bytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) * 1024
}
