//! Distribution: candidate and actual targets, the tables of the routing stack, and the messages that fill them.

pub(crate) mod messages;
pub(crate) mod partners;
pub(crate) mod receive;
pub(crate) mod report;
pub(crate) mod request;
pub(crate) mod routing;
pub(crate) mod view;
