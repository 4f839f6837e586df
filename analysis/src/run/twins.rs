//! Invariant 7 while a scenario runs: the same events on clusters with the other forms and polarities of the port structures,
//! which must accept and refuse the same, choose the same source address, and, bitmap or list, the same port.
//!
//! A connection table holds more than the others: a port that only other remote ends use is free there (002#27). Where that
//! shows, the twin has other ports from then on, and is not asked any more.

use runtime_model::event::Event;
use runtime_model::ids::JobId;
use runtime_model::model::{Model, Polarity, PortForm, Structures, Tables};
use runtime_model::outcome::{Errno, Outcome, Verdict};
use runtime_model::{Cluster, Mode};

/// The clusters that run beside the one of a scenario; none for the product, whose ports have one form.
#[derive(Default)]
pub struct Twins {
    own: Option<PortForm>,
    twins: Vec<Twin>,
}

struct Twin {
    form: PortForm,
    polarity: Polarity,
    cluster: Cluster,
}

impl Twins {
    /// One for each form and polarity that the model does not have itself. Every stack is down.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        match model.tables {
            Tables::Product => return Self::default(),
            Tables::Founding => {}
        }
        let own = (model.structures.ports, model.structures.polarity);
        let forms = [
            (PortForm::Bitmap, Polarity::OneIsAvailable),
            (PortForm::Bitmap, Polarity::OneIsInUse),
            (PortForm::List, own.1),
            (PortForm::ConnectionTable, own.1),
        ];
        let twin = |(form, polarity): (PortForm, Polarity)| {
            let structures = Structures { ports: form, polarity, ..model.structures };
            Twin { form, polarity, cluster: Cluster::new(&Model { structures, ..model.clone() }) }
        };
        let twins = forms.into_iter().filter(|form| *form != own).map(twin).collect();
        Self { own: Some(own.0), twins }
    }

    /// Makes a job known, in the order in which the cluster of the scenario hears of it.
    pub fn job(&mut self, name: &str, user: Option<&str>) -> Option<JobId> {
        self.twins.iter_mut().map(|twin| twin.cluster.job(name, user)).last()
    }

    /// Lets an event happen to all of them, and tells where one answers otherwise than `outcome`, a line each.
    pub fn happen(&mut self, event: &Event, mode: Mode, outcome: &Outcome) -> Vec<String> {
        let Some(own) = self.own else { return Vec::new() };
        let mut broken = Vec::new();
        self.twins.retain_mut(|twin| {
            let theirs = twin.cluster.run(event, mode, false);
            let table = own == PortForm::ConnectionTable || twin.form == PortForm::ConnectionTable;
            match difference(outcome, &theirs, table) {
                Difference::None => true,
                Difference::Capacity => false,
                Difference::Broken(what) => {
                    broken.push(format!("invariant 7 is broken: with {} {what}", name(twin)));
                    false
                }
            }
        });
        broken
    }
}

enum Difference {
    None,
    Capacity,
    Broken(String),
}

fn difference(ours: &Outcome, theirs: &Outcome, table: bool) -> Difference {
    let refused = |outcome: &Outcome| outcome.refusal().map(|refusal| refusal.errno);
    let (our_no, their_no) = (refused(ours), refused(theirs));
    let full = |errno: Option<Errno>| matches!(errno, Some(Errno::EADDRINUSE | Errno::EAGAIN));
    if our_no != their_no {
        if table && (full(our_no) || full(their_no)) {
            return Difference::Capacity;
        }
        let word = |errno: Option<Errno>| match errno {
            Some(errno) => format!("refused with {errno:?}"),
            None => "accepted".to_owned(),
        };
        return Difference::Broken(format!(
            "the request is {}, and here it is {}",
            word(their_no),
            word(our_no)
        ));
    }
    let waits = |outcome: &Outcome| matches!(outcome.verdict, Verdict::Pending);
    if waits(ours) != waits(theirs) {
        return Difference::Broken(
            "the request waits where it does not here, or the other way round".to_owned(),
        );
    }
    if ours.source != theirs.source {
        return Difference::Broken(format!(
            "the source address is {}, and here it is {}",
            spelt(theirs.source),
            spelt(ours.source)
        ));
    }
    match (ours.port == theirs.port, table) {
        (true, _) => Difference::None,
        (false, true) => Difference::Capacity,
        (false, false) => Difference::Broken(format!(
            "the port is {}, and here it is {}",
            theirs.port.unwrap_or(0),
            ours.port.unwrap_or(0)
        )),
    }
}

fn spelt(address: Option<std::net::IpAddr>) -> String {
    address.map_or_else(|| "none".to_owned(), |address| address.to_string())
}

fn name(twin: &Twin) -> &'static str {
    match (twin.form, twin.polarity) {
        (PortForm::Bitmap, Polarity::OneIsAvailable) => "a bitmap where one is available",
        (PortForm::Bitmap, Polarity::OneIsInUse) => "a bitmap where one is in use",
        (PortForm::List, _) => "a list",
        (PortForm::ConnectionTable, _) => "a connection table",
        (PortForm::Block, _) => "blocks",
    }
}

#[cfg(test)]
mod tests {
    use compiler::system::MemorySystem;
    use compiler::{Compiler, Request, Settings};
    use grammar::scenario::parse;
    use runtime_model::founding::TABLES;
    use runtime_model::tables;

    use super::*;
    use crate::names::Addresses;
    use crate::obey::NoObeyFiles;
    use crate::run::{Play, Scope, World, perform};

    const SYSPLEX: &str =
        "[sysplex]\nname = \"P\"\ndialect = \"founding\"\n[[stack]]\nname = \"T1\"\nprofile = \"p\"\n";
    const PROFILE: &str = "IPCONFIG DYNAMICXCF 10.1.1.1 255.255.255.0 1\nVIPADYNAMIC\n  VIPADEFINE CLUSTERPORTS 203.0.113.1\n\
                           ENDVIPADYNAMIC\nSOURCEIPA 203.0.113.1 APPA\n";
    const SCENARIO: &str = "T1 APPA connect 192.0.2.9:443\nT1 APPA connect 192.0.2.9:443\n";

    /// What is broken in the scenario when the cluster has these tables, and its twins the right ones.
    fn broken(tables: tables::Tables) -> Vec<String> {
        let mut files = MemorySystem::default();
        files.insert("sysplex.toml", SYSPLEX);
        files.insert("p", PROFILE);
        let mut compiler = Compiler::new(Settings::default());
        let request = Request { sysplex: Some("sysplex.toml".to_owned()), profiles: Vec::new() };
        compiler.load(&files, &request).expect("loads");
        let model = compiler.snapshot().model();
        let addresses = Addresses::default();
        let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
        let mut scope = Scope::new("s", &model, &addresses);
        let mut play = Play::on_with(Cluster::with_tables(&model, tables), Twins::of(&model));
        let run = perform(&world, &parse(SCENARIO), &mut scope, &mut play);
        assert_eq!(run.errors, []);
        run.failures.into_iter().map(|failure| failure.message).collect()
    }

    #[test]
    fn all_forms_answer_alike() {
        assert_eq!(broken(TABLES), Vec::<String>::new());
    }

    #[test]
    fn a_form_that_chooses_another_port_or_refuses_is_found() {
        let other = broken(tables::Tables {
            choose: |c, ctx, stack, address, to| {
                (TABLES.choose)(c, ctx, stack, address, to).map(|port| port + 1)
            },
            ..TABLES
        });
        assert!(
            other.iter().any(|line| line.contains("invariant 7") && line.contains("a list")),
            "{other:?}"
        );
        let none = broken(tables::Tables { choose: |_, _, _, _, _| None, ..TABLES });
        assert!(none.iter().any(|line| line.contains("accepted, and here it is refused")), "{none:?}");
    }
}
