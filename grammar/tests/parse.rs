//! The parser on whole texts: what is understood, what is reported, where reading goes on.
#![allow(missing_docs)]

use vipa_grammar::dump::dump;
use vipa_grammar::parse::{Dialect, parse};

#[test]
fn mistakes_are_named_and_reading_goes_on() {
    let text = "\
HOME 10.1.1.1 L1
  10.1.1 L2
  10.1.1.3 L3 PORT 21 TCP FTPD ; a statement may begin anywhere
VIPADYN
  VIPADEF MOVE IMMED 255.255.255.0 192.0.2.1 192.0.2.2
  VIPADIST DISTMETOD ROUNDROBIN 192.0.2.1 PORT 80 443-445 DESTIP 10.0.0.1 10.0.0.2
  VIPABACKUP 300 192.0.2.9
  VIPADIST DISTM HOTSTANDBY 192.0.2.2 PORT 99 DESTIP 10.0.0.1 PREFERRED 10.0.0.2 BACKUP 50
  VIPADEFINE CLUSTERPORTS 255.255.0.255 192.0.2.3
  FOO BAR
  VIPARANG DEFINE 255.255.255.0 192.0.2.0 SAF X
ENDVIPADYN
IPCONFIG SOURCEVIPA SYSPLEXROUTNG TTL 300
LINK L1 VIRTUAL 0
HOME
";
    insta::assert_snapshot!(dump(&parse(text, Dialect::Zos)));
}

#[test]
fn the_founding_documents_read_as_printed() {
    let text = "\
VIPADEFINE MOVEable IMMEDIATE CLUSTERPORTS DVA1
VIPADISTRIBUTE DVA1 PORT 60 DESTIP XCF1, XCF2, XCF4
SOURECEIPA DVB1 APPB
SOURCEIPA DVA1 APPA SOURCEIPA DVB1 APPB
VIPADISTRIBUTE DVB1 PORT 60 DESTIP ALL";
    insta::assert_snapshot!(dump(&parse(text, Dialect::Founding)));
}
