//! The gate's camera worker.

fn main() {}
