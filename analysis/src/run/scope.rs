//! What names mean: stacks, systems, CPCs, jobs, addresses, sockets and connections.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use grammar::scenario::{Address, Endpoint, Host, Number, Word};
use runtime_model::Assumption;
use runtime_model::event::{LocalEnd, Problem};
use runtime_model::ids::{Handle, StackId};
use runtime_model::model::{Model, PortFor, SourceFor, StackModel};

use crate::names::Addresses;
use crate::trouble::{Trouble, unknown};

/// Result of a name.
pub type Named<T> = Result<T, Trouble>;

/// The names that a scenario may use. Sockets and connections join as lines define them.
pub struct Scope<'a> {
    /// File for troubles.
    pub file: &'a str,
    model: &'a Model,
    addresses: &'a Addresses,
    jobs: BTreeMap<String, Option<String>>,
    /// Configurations that OBEYFILEs of the scenario gave, beside those of the model.
    obeyed: Vec<StackModel>,
    handles: BTreeMap<String, (String, Handle)>,
    next: u32,
}

impl<'a> Scope<'a> {
    /// Nothing defined yet; handles count up from 1.
    #[must_use]
    pub fn new(file: &'a str, model: &'a Model, addresses: &'a Addresses) -> Self {
        let mut jobs: BTreeMap<String, Option<String>> = BTreeMap::new();
        for job in &model.jobs {
            jobs.insert(job.name.to_ascii_uppercase(), job.user.clone());
        }
        // A name that a SOURCEIPA or PORT entry is for is a job, too, even if the description does not list it.
        for stack in &model.stacks {
            let sources = stack.sources.iter().filter_map(|source| match &source.who {
                SourceFor::Job(name) => Some(name),
                SourceFor::Destination(_) => None,
            });
            let ports = stack.ports.iter().filter_map(|port| match &port.who {
                PortFor::Job(name) => Some(name),
                PortFor::Reserved | PortFor::Authport => None,
            });
            for name in sources.chain(ports).filter(|name| !name.contains(['*', '?'])) {
                jobs.entry(name.to_ascii_uppercase()).or_insert(None);
            }
        }
        Self { file, model, addresses, jobs, obeyed: Vec::new(), handles: BTreeMap::new(), next: 1 }
    }

    /// The same, with handles that count up from another number.
    #[must_use]
    pub fn from(mut self, next: u32) -> Self {
        self.next = next;
        self
    }

    fn wrong(&self, word: &Word, message: String, expected: Vec<String>) -> Trouble {
        Trouble::at(self.file, word.span, message, expected)
    }

    fn unknown(&self, kind: &str, word: &Word, known: Vec<String>) -> Trouble {
        self.wrong(word, unknown(kind, &word.text, &known), known)
    }

    /// A stack by its name.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn stack(&self, word: &Word) -> Named<StackId> {
        let at = self.model.stacks.iter().position(|stack| word.is(&stack.name));
        at.and_then(|at| u16::try_from(at).ok())
            .map(StackId)
            .ok_or_else(|| self.unknown("stack", word, self.stacks()))
    }

    fn stacks(&self) -> Vec<String> {
        self.model.stacks.iter().map(|stack| stack.name.clone()).collect()
    }

    /// A system by its name, spelt as in the description.
    ///
    /// # Errors
    /// When no stack runs on such a system.
    pub fn system(&self, word: &Word) -> Named<String> {
        self.pick("system", word, self.model.stacks.iter().map(|stack| stack.system.clone()).collect())
    }

    /// A CPC by its name, spelt as in the description.
    ///
    /// # Errors
    /// When no stack runs on such a CPC.
    pub fn cpc(&self, word: &Word) -> Named<String> {
        self.pick("CPC", word, self.model.stacks.iter().filter_map(|stack| stack.cpc.clone()).collect())
    }

    fn pick(&self, kind: &str, word: &Word, mut known: Vec<String>) -> Named<String> {
        known.sort();
        known.dedup();
        match known.iter().find(|name| word.is(name)) {
            Some(name) => Ok(name.clone()),
            None => Err(self.unknown(kind, word, known)),
        }
    }

    /// A job and the user id it runs under. Where neither the description nor a profile names jobs, every name is one.
    ///
    /// # Errors
    /// When jobs are named, but not this one.
    pub fn job(&self, word: &Word, user: Option<&Word>) -> Named<(String, Option<String>)> {
        let user = |told: Option<&String>| user.map(|word| word.text.clone()).or_else(|| told.cloned());
        match self.jobs.get(&word.text.to_ascii_uppercase()) {
            Some(told) => Ok((word.text.clone(), user(told.as_ref()))),
            None if self.jobs.is_empty() => Ok((word.text.clone(), user(None))),
            None => {
                let known: Vec<String> = self.jobs.keys().cloned().collect();
                let message = unknown("job", &word.text, &known);
                let adds = "a [[job]] of the sysplex description adds one";
                let message = match message.split_once("; did you mean") {
                    Some((what, near)) => format!("{what}; {adds}; did you mean{near}"),
                    None => format!("{message}; {adds}"),
                };
                Err(self.wrong(word, message, known))
            }
        }
    }

    /// An address by number or name; none for `*`.
    ///
    /// # Errors
    /// When the description has no such symbolic address.
    pub fn host(&self, address: &Address) -> Named<Option<IpAddr>> {
        match &address.host {
            Host::Any => Ok(None),
            Host::Ip(ip) => Ok(Some(*ip)),
            Host::Symbol(name) => self.addresses.address(name).map(Some).ok_or_else(|| {
                let known = self.addresses.names();
                Trouble::at(self.file, address.span, unknown("symbolic address", name, &known), known)
            }),
        }
    }

    /// An address that must be one.
    ///
    /// # Errors
    /// For `*` and unknown names.
    pub fn ip(&self, address: &Address) -> Named<IpAddr> {
        self.host(address)?.ok_or_else(|| {
            Trouble::at(
                self.file,
                address.span,
                "`*` is no address to send to or to ask about".to_owned(),
                vec!["ADDRESS".to_owned()],
            )
        })
    }

    /// A DVIPA that some stack defines, backs up, distributes or covers with a VIPARANGE.
    ///
    /// # Errors
    /// When no stack does.
    pub fn dvipa(&self, address: &Address) -> Named<IpAddr> {
        let ip = self.ip(address)?;
        let stacks = || self.model.stacks.iter().chain(&self.obeyed);
        let listed = |stack: &StackModel| {
            let mut all: Vec<IpAddr> = stack.dvipas.iter().map(|dvipa| dvipa.address).collect();
            all.extend(stack.distributions.iter().map(|distribution| distribution.dvipa));
            all
        };
        let covered = |stack: &StackModel| stack.ranges.iter().any(|range| range.subnet.contains(&ip));
        if stacks().any(|stack| covered(stack) || listed(stack).contains(&ip)) {
            return Ok(ip);
        }
        let mut known: Vec<IpAddr> = stacks().flat_map(listed).collect();
        known.sort_unstable();
        known.dedup();
        let known: Vec<String> = known.into_iter().map(|ip| self.addresses.write(ip)).collect();
        Err(Trouble::at(self.file, address.span, unknown("DVIPA", &address.text, &known), known))
    }

    /// A remote end or a service.
    ///
    /// # Errors
    /// For `*` and unknown names.
    pub fn end(&self, end: &Endpoint) -> Named<SocketAddr> {
        Ok(SocketAddr::new(self.ip(&end.address)?, end.port.value))
    }

    /// A local end, `*` for the unspecified address.
    ///
    /// # Errors
    /// For unknown names.
    pub fn local(&self, end: &Endpoint) -> Named<LocalEnd> {
        Ok(LocalEnd { address: self.host(&end.address)?, port: end.port.value })
    }

    /// The socket or connection of a name.
    ///
    /// # Errors
    /// When no line above gave that name.
    pub fn handle(&self, word: &Word) -> Named<Handle> {
        match self.handles.get(&word.text.to_ascii_uppercase()) {
            Some((_, handle)) => Ok(*handle),
            None => {
                let known: Vec<String> = self.handles.values().map(|(name, _)| name.clone()).collect();
                let message = unknown("socket or connection", &word.text, &known);
                Err(self.wrong(
                    word,
                    format!("{message}; `as {}` on a line above gives the name", word.text),
                    known,
                ))
            }
        }
    }

    /// A new number, with a name for later lines if one is given. A name that is given again means the newer one.
    pub fn fresh(&mut self, name: Option<&Word>) -> Handle {
        let handle = Handle(self.next);
        self.next = self.next.saturating_add(1);
        if let Some(name) = name {
            self.alias(name, handle);
        }
        handle
    }

    /// A further name for a socket.
    pub fn alias(&mut self, name: &Word, handle: Handle) {
        self.handles.insert(name.text.to_ascii_uppercase(), (name.text.clone(), handle));
    }

    /// The name that a line gave a socket or connection; of several the first in name order.
    #[must_use]
    pub fn handle_name(&self, handle: Handle) -> Option<&str> {
        self.handles.values().find(|(_, known)| *known == handle).map(|(name, _)| name.as_str())
    }

    /// An assumption of the model by its name.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn assumption(&self, word: &Word) -> Named<Assumption> {
        Assumption::ALL.iter().copied().find(|known| word.is(known.name())).ok_or_else(|| {
            let known = Assumption::ALL.iter().map(|known| known.name().to_owned()).collect();
            self.unknown("assumption", word, known)
        })
    }

    /// A problem that the sysplex monitor watches.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn problem(&self, word: &Word) -> Named<Problem> {
        Problem::ALL.into_iter().find(|problem| word.is(problem.word())).ok_or_else(|| {
            self.unknown(
                "problem",
                word,
                Problem::ALL.iter().map(|problem| problem.word().to_owned()).collect(),
            )
        })
    }

    /// A value that the model keeps in 16 bits.
    ///
    /// # Errors
    /// When it is larger.
    pub fn small(&self, number: &Number<u32>) -> Named<u16> {
        u16::try_from(number.value).map_err(|_| {
            Trouble::at(
                self.file,
                number.span,
                format!("{} is more than 65535", number.value),
                vec!["NUMBER".to_owned()],
            )
        })
    }

    /// Takes the configuration behind an OBEYFILE, so that its DVIPAs can be named.
    pub fn obeyed(&mut self, config: StackModel) {
        self.obeyed.push(config);
    }

    /// Name of a stack.
    #[must_use]
    pub fn stack_name(&self, stack: StackId) -> &str {
        self.model.stacks.get(usize::from(stack.0)).map_or("", |stack| stack.name.as_str())
    }
}
