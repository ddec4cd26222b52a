//! Files of every kind: what is right comes back as it was, what is wrong is told where it is.
mod bad_files;
mod made;
mod round_trips;
