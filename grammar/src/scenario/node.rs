//! A pair of the parser with its line: words, numbers and addresses out of it, with their places.

use std::net::{IpAddr, Ipv6Addr};

use pest::iterators::Pair;

use super::read::{LineReader, Read, Rule};
use super::{Address, Endpoint, Host, Number, ScenarioError, SocketOptions, Span, Word};

/// A pair and the line that it stands in.
pub(super) struct Node<'l, 't> {
    pub(super) line: &'l LineReader<'t>,
    pub(super) pair: Pair<'t, Rule>,
}

impl<'l, 't> Node<'l, 't> {
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'l, 't>> + use<'l, 't> {
        let line = self.line;
        self.pair.clone().into_inner().map(move |pair| Node { line, pair })
    }
    pub(super) fn all(&self, rule: Rule) -> impl Iterator<Item = Node<'l, 't>> + use<'l, 't> {
        self.nodes().filter(move |node| node.pair.as_rule() == rule)
    }
    pub(super) fn has(&self, rule: Rule) -> bool {
        self.all(rule).next().is_some()
    }
    pub(super) fn nth(&self, rule: Rule, nth: usize) -> Read<Node<'l, 't>> {
        self.all(rule).nth(nth).ok_or_else(|| self.unreadable())
    }
    pub(super) fn last(&self) -> Read<Node<'l, 't>> {
        self.nodes().last().ok_or_else(|| self.unreadable())
    }
    pub(super) fn span(&self) -> Span {
        let span = self.pair.as_span();
        self.line.span(span.start(), span.end())
    }
    pub(super) fn wrong(&self, message: String, expected: &[&str]) -> ScenarioError {
        let span = self.pair.as_span();
        self.line.wrong(span.start(), span.end(), message, expected)
    }
    /// Only when this file and the grammar disagree.
    pub(super) fn unreadable(&self) -> ScenarioError {
        self.wrong(format!("`{}` cannot be read", self.pair.as_str().trim()), &[])
    }
    pub(super) fn as_word(&self) -> Word {
        let text = self.pair.as_str().trim_end().to_owned();
        let start = self.pair.as_span().start();
        Word { span: self.line.span(start, start + text.len()), text }
    }
    pub(super) fn word(&self, rule: Rule, nth: usize) -> Read<Word> {
        self.nth(rule, nth).map(|node| node.as_word())
    }
    pub(super) fn words(&self, rule: Rule) -> Vec<Word> {
        self.all(rule).map(|node| node.as_word()).collect()
    }
    pub(super) fn quoted(&self, rule: Rule) -> Read<Word> {
        let mut word = self.word(rule, 0)?;
        for mark in ['"', '\''] {
            if let Some(inside) = word.text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark)) {
                word.text = inside.to_owned();
                break;
            }
        }
        Ok(word)
    }
    /// The word of a rule inside a group, the last group when there are several.
    pub(super) fn inside(&self, group: Rule, rule: Rule) -> Option<Word> {
        self.all(group).last().and_then(|node| node.word(rule, 0).ok())
    }
    pub(super) fn options(&self) -> Read<SocketOptions> {
        let packet_info = self.all(Rule::pktinfo).last().map(|node| node.address()).transpose()?;
        Ok(SocketOptions {
            name: self.inside(Rule::as_name, Rule::name),
            user: self.inside(Rule::by_user, Rule::user),
            reuseaddr: self.has(Rule::k_reuseaddr),
            udp: self.has(Rule::k_udp),
            raw: self.has(Rule::k_raw),
            inet6: self.has(Rule::k_inet6),
            no_source_vipa: self.has(Rule::k_nosourcevipa),
            temporary: self.has(Rule::k_tempaddrs),
            public: self.has(Rule::k_publicaddrs),
            packet_info,
            asid: self.asid()?,
        })
    }
    /// The number of an address space, in hexadecimal as displays show it.
    pub(super) fn asid(&self) -> Read<Option<Number<u16>>> {
        let Some(node) = self.all(Rule::by_asid).last() else { return Ok(None) };
        let node = node.nth(Rule::asid, 0)?;
        match u16::from_str_radix(node.pair.as_str().trim_end(), 16) {
            Ok(value) => Ok(Some(Number { value, span: node.span() })),
            Err(_) => Err(node.wrong(
                format!("`{}` is no address space: 1 to 4 hexadecimal digits", node.pair.as_str()),
                &["ASID"],
            )),
        }
    }
    pub(super) fn address(&self) -> Read<Address> {
        let node = self.nth(Rule::address, 0)?;
        node.as_address(node.pair.as_str(), false)
    }
    pub(super) fn as_address(&self, text: &str, v6: bool) -> Read<Address> {
        let numeric = text.contains(':') || text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let host = match (text.parse::<IpAddr>(), text.parse::<Ipv6Addr>()) {
            _ if text == "*" => Host::Any,
            (_, Err(_)) if v6 => {
                return Err(self.wrong(format!("`[{text}]` is no IPv6 address"), &["ADDRESS"]));
            }
            (Ok(ip), _) => Host::Ip(ip),
            (Err(_), _) if numeric => {
                return Err(self.wrong(
                    format!("`{text}` is no address: an IPv4 address has four numbers from 0 to 255, an IPv6 address before a port stands in brackets"),
                    &["ADDRESS"],
                ));
            }
            (Err(_), _) => Host::Symbol(text.to_owned()),
        };
        Ok(Address { host, text: text.to_owned(), span: self.span() })
    }
    pub(super) fn endpoint(&self, nth: usize) -> Read<Endpoint> {
        let node = self.nth(Rule::endpoint, nth)?;
        let host = node.nodes().next().ok_or_else(|| node.unreadable())?;
        let address = host.as_address(host.pair.as_str(), host.pair.as_rule() == Rule::v6)?;
        Ok(Endpoint { address, port: node.port()?, span: node.span() })
    }
    pub(super) fn port(&self) -> Read<Number<u16>> {
        let node = self.nth(Rule::port, 0)?;
        node.as_port(node.pair.as_str()).map(|value| Number { value, span: node.span() })
    }
    pub(super) fn as_port(&self, text: &str) -> Read<u16> {
        text.parse().map_err(|_| self.wrong(format!("`{text}` is no port: 0 to 65535"), &["PORT"]))
    }
    pub(super) fn ports(&self) -> Read<Number<(u16, u16)>> {
        let (first, last) =
            self.pair.as_str().split_once('-').unwrap_or((self.pair.as_str(), self.pair.as_str()));
        let value = (self.as_port(first)?, self.as_port(last)?);
        if value.0 > value.1 {
            return Err(self.wrong(format!("`{}` runs backwards", self.pair.as_str()), &["PORT"]));
        }
        Ok(Number { value, span: self.span() })
    }
    pub(super) fn number(&self, rule: Rule, what: &str, most: u32) -> Read<Number<u32>> {
        self.nth_number(rule, 0, what, most)
    }
    pub(super) fn nth_number(&self, rule: Rule, nth: usize, what: &str, most: u32) -> Read<Number<u32>> {
        let node = self.nth(rule, nth)?;
        let text = node.pair.as_str();
        match text.parse::<u32>() {
            Ok(value) if value <= most => Ok(Number { value, span: node.span() }),
            Ok(_) | Err(_) => Err(node.wrong(format!("`{text}` is not {what}"), &["NUMBER"])),
        }
    }
    pub(super) fn seconds(&self) -> Read<Number<u64>> {
        let node = self.nth(Rule::seconds, 0)?;
        match node.pair.as_str().parse() {
            Ok(value) => Ok(Number { value, span: node.span() }),
            Err(_) => Err(node.wrong(format!("`{}` seconds are too many", node.pair.as_str()), &["SECONDS"])),
        }
    }
}
