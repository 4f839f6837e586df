//! The vipa command.
