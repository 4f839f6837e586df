//! NETSTAT VIPADCFG (04:7.2).

use std::net::IpAddr;

use runtime_model::Cluster;
use runtime_model::ids::StackId;
use runtime_model::model::{
    DistributionModel, DvipaModel, DvipaOrigin, Method, Moveable, Standby, Target, Targets,
};
use runtime_model::product::view::DvipaStatus;

use super::Layout;
use super::text::{mask, or_blank, row, yes};
use crate::capture::{Defined, Distributed, Movement, Ranged, VipaConfig, VipaRoute};

/// The configuration in effect, in the order of the report.
pub(super) fn data(cluster: &Cluster, stack: StackId, detail: bool) -> VipaConfig {
    let Some(config) = cluster.stack_config(stack).filter(|_| cluster.is_up(stack)) else {
        return VipaConfig { joined: true, ..VipaConfig::default() };
    };
    let asleep = |address: IpAddr| {
        cluster.dvipa_view(stack, address).is_some_and(|view| {
            matches!(
                view.status,
                DvipaStatus::Deactivated | DvipaStatus::DeactivatedLeft | DvipaStatus::DeactivatedAutonomics
            )
        })
    };
    let mut defined: Vec<Defined> =
        config.dvipas.iter().map(|dvipa| of_statement(dvipa, asleep(dvipa.address))).collect();
    defined.sort_by_key(|row| (row.deactivated, row.rank.is_none()));
    let ranges = config.ranges.iter().map(|range| Ranged {
        address: range.subnet.addr(),
        bits: Some(range.subnet.prefix_len()),
        interface: range.interface.clone(),
        moveable: Some(if range.non_disruptive { Movement::NonDisruptive } else { Movement::Disruptive }),
        saf: range.saf.clone(),
    });
    let routes =
        config.product.routes.iter().map(|route| VipaRoute { target: route.xcf, through: route.target });
    let distributed = config.distributions.iter().flat_map(|one| {
        let deactivated = asleep(one.dvipa);
        of_distribution(one, detail).into_iter().map(move |row| Distributed { deactivated, ..row })
    });
    VipaConfig {
        joined: cluster.in_group(stack),
        defined,
        ranges: ranges.collect(),
        distributed: distributed.collect(),
        routes: routes.collect(),
    }
}

fn of_statement(dvipa: &DvipaModel, deactivated: bool) -> Defined {
    let mut flags = dvipa.tier.map_or_else(String::new, |tier| tier.to_string());
    if dvipa.cpc_scope {
        flags.push('C');
    }
    Defined {
        address: dvipa.address,
        bits: dvipa.subnet.map(|net| net.prefix_len()).filter(|_| dvipa.address.is_ipv4()),
        interface: dvipa.interface.clone(),
        rank: match dvipa.origin {
            DvipaOrigin::Define => None,
            DvipaOrigin::Backup(rank) => Some(rank),
        },
        moveable: dvipa.moveable.map(|moveable| match moveable {
            Moveable::Immediate => Movement::Immediate,
            Moveable::WhenIdle => Movement::WhenIdle,
        }),
        flags: Some(flags).filter(|flags| !flags.is_empty()),
        deactivated,
        manager: (dvipa.address.is_ipv4() && dvipa.moveable.is_some()).then_some(dvipa.service_manager),
    }
}

/// The words of DISTMETHOD.
pub(super) const fn method(method: Method) -> &'static str {
    match method {
        Method::BaseWlm => "BaseWLM",
        Method::RoundRobin => "Roundrobin",
        Method::ServerWlm => "ServerWLM",
        Method::WeightedActive => "WeightedActive",
        Method::HotStandby => "HotStandby",
        Method::TargControlled => "TargControlled",
    }
}

/// An entry for each port and target.
fn of_distribution(one: &DistributionModel, detail: bool) -> Vec<Distributed> {
    let ports: Vec<Option<u16>> = match one.ports.as_slice() {
        [] => vec![None],
        ports => ports.iter().copied().map(Some).collect(),
    };
    let all = [None];
    let listed: Vec<Option<&Target>>;
    let targets: &[Option<&Target>] = match &one.targets {
        Targets::All => &all,
        Targets::Xcf(targets) => {
            listed = targets.iter().map(Some).collect();
            &listed
        }
    };
    let standby = one.method == Method::HotStandby;
    ports
        .iter()
        .flat_map(|port| targets.iter().map(move |target| (*port, *target)))
        .map(|(port, target)| Distributed {
            address: one.dvipa,
            port,
            target: target.map(|target| target.xcf),
            sysplex_ports: Some(one.cluster_ports),
            affinity: Some(u32::from(one.product.affinity)).filter(|seconds| *seconds > 0),
            method: Some(method(one.method).to_owned()),
            server: target.and_then(|target| target.standby).map(|standby| {
                match standby {
                    Standby::Preferred => "Preferred",
                    Standby::Backup(_) => "Backup",
                }
                .to_owned()
            }),
            rank: target.and_then(|target| target.standby).and_then(|standby| match standby {
                Standby::Preferred => None,
                Standby::Backup(rank) => Some(rank),
            }),
            weight: target.and_then(|target| target.weight).filter(|_| detail),
            auto_switch_back: standby.then_some(one.product.auto_switch_back),
            health_switch: standby.then_some(one.product.health_switch),
            flags: one.product.tier.map(|tier| format!("Tier{tier}")).into_iter().collect(),
            optlocal: one.product.opt_local.filter(|_| detail),
            group: one.product.group.clone().filter(|_| detail),
            processors: one.product.processors.filter(|_| detail),
            crossing: one.product.crossing.filter(|_| detail),
            importance: one.product.importance.filter(|_| detail),
            deactivated: false,
        })
        .collect()
}

const fn moveable(moveable: Option<Movement>) -> &'static str {
    match moveable {
        Some(Movement::Immediate) => "Immediate",
        Some(Movement::WhenIdle) => "WhenIdle",
        Some(Movement::NonDisruptive) => "NonDisr",
        Some(Movement::Disruptive) => "Disr",
        None => "",
    }
}

/// SERVICEMGR is for IPv4.
fn manager(row: &Defined) -> &'static str {
    if row.address.is_ipv6() { "n/a" } else { yes(row.manager) }
}

/// The report below its head.
pub(super) fn print(config: &VipaConfig, layout: Layout, out: &mut String) {
    let awake: Vec<&Defined> = config.defined.iter().filter(|row| !row.deactivated).collect();
    let asleep: Vec<&Defined> = config.defined.iter().filter(|row| row.deactivated).collect();
    out.push_str("Dynamic VIPA Information:\n");
    statements(&awake, layout, "  ", out);
    ranges(&config.ranges, layout, out);
    let (resting, spread): (Vec<&Distributed>, Vec<&Distributed>) =
        config.distributed.iter().partition(|row| row.deactivated);
    distributed(&spread, layout, "", out);
    routes(&config.routes, layout, out);
    if !asleep.is_empty() || !resting.is_empty() {
        out.push_str("  Deactivated Dynamic VIPA Information:\n");
        statements(&asleep, layout, "    ", out);
        distributed(&resting, layout, "  ", out);
    }
}

fn statements(rows: &[&Defined], layout: Layout, indent: &str, out: &mut String) {
    let (backups, defines): (Vec<&Defined>, Vec<&Defined>) =
        rows.iter().copied().partition(|row| row.rank.is_some());
    for (title, rows) in [("VIPA Backup:", backups), ("VIPA Define:", defines)] {
        if rows.is_empty() {
            continue;
        }
        out.push_str(&format!("{indent}{title}\n"));
        if layout == Layout::Short {
            let heads = ["IP Address", "AddressMask", "Rank", "Moveable", "SrvMgr", "Flg"];
            let widths = [15, 15, 6, 9, 6, 3];
            row(&format!("{indent}  "), &heads, &widths, true, out);
            for one in rows {
                let rank = one.rank.map_or_else(String::new, |rank| format!("{rank:06}"));
                let mask = one.bits.map_or_else(String::new, mask);
                let cells = [
                    &one.address.to_string(),
                    &mask,
                    &rank,
                    moveable(one.moveable),
                    manager(one),
                    or_blank(one.flags.as_deref()),
                ];
                row(&format!("{indent}  "), &cells, &widths, false, out);
            }
            continue;
        }
        for one in rows {
            let deeper = one.interface.as_ref().map_or("", |name| {
                out.push_str(&format!("{indent}  IntfName: {name}\n"));
                "  "
            });
            match one.bits {
                Some(bits) => {
                    out.push_str(&format!("{indent}{deeper}  IpAddr/PrefixLen: {}/{bits}\n", one.address));
                }
                None if one.address.is_ipv6() => {
                    out.push_str(&format!("{indent}{deeper}  IpAddr: {}\n", one.address));
                }
                None => out.push_str(&format!("{indent}{deeper}  IpAddr/PrefixLen: {}\n", one.address)),
            }
            let rank = one.rank.map_or_else(String::new, |rank| format!("Rank: {rank:06}  "));
            let flags = one.flags.as_ref().map_or_else(String::new, |flags| format!("  Flg: {flags}"));
            out.push_str(&format!(
                "{indent}{deeper}    {rank}Moveable: {:<9}  SrvMgr: {}{flags}",
                moveable(one.moveable),
                manager(one)
            ));
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
    }
}

fn ranges(rows: &[Ranged], layout: Layout, out: &mut String) {
    if rows.is_empty() {
        return;
    }
    out.push_str("  VIPA Range:\n");
    let widths = [15, 15, 8, 7];
    if layout == Layout::Short {
        row("    ", &["IP Address", "AddressMask", "Moveable", "SAFName"], &widths, true, out);
    }
    for one in rows {
        if layout == Layout::Short {
            let mask = one.bits.map_or_else(String::new, mask);
            let cells =
                [&one.address.to_string(), &mask, moveable(one.moveable), or_blank(one.saf.as_deref())];
            row("    ", &cells, &widths, false, out);
            continue;
        }
        let deeper = one.interface.as_ref().map_or("", |name| {
            out.push_str(&format!("    IntfName: {name}\n"));
            "  "
        });
        let bits = one.bits.map_or_else(String::new, |bits| format!("/{bits}"));
        out.push_str(&format!("    {deeper}IpAddr/PrefixLen: {}{bits}\n", one.address));
        let saf = one.saf.as_ref().map_or_else(String::new, |saf| format!("  SAFName: {saf}"));
        out.push_str(&format!("    {deeper}  Moveable: {}{saf}\n", moveable(one.moveable)));
    }
}

fn distributed(rows: &[&Distributed], layout: Layout, indent: &str, outer: &mut String) {
    let mut below = String::new();
    let out = &mut below;
    if rows.is_empty() {
        return;
    }
    out.push_str("  VIPA Distribute:\n");
    if layout == Layout::Short {
        let heads = ["IP Address", "Port", "XCF Address", "SysPt", "TimAff", "Method", "SrvType", "Flg"];
        let widths = [15, 5, 15, 5, 6, 14, 13, 5];
        row("    ", &heads, &widths, true, out);
        for one in rows {
            let server = match (&one.server, one.rank) {
                (Some(server), Some(rank)) => format!("{server} {rank:03}"),
                (Some(server), None) => server.clone(),
                (None, _) => String::new(),
            };
            let cells = [
                &one.address.to_string(),
                &one.port.map_or_else(|| "n/a".to_owned(), |port| format!("{port:05}")),
                &one.target.map_or_else(|| "ALL".to_owned(), |target| target.to_string()),
                yes(one.sysplex_ports),
                &one.affinity.map_or_else(|| "No".to_owned(), |seconds| format!("{seconds:04}")),
                or_blank(one.method.as_deref()),
                &server,
                &one.flags.join(","),
            ];
            row("    ", &cells, &widths, false, out);
        }
    }
    for one in rows.iter().filter(|_| layout == Layout::Long) {
        let port = one.port.map_or_else(String::new, |port| format!("..{port}"));
        out.push_str(&format!("    Dest:       {}{port}\n", one.address));
        let target = one.target.map_or_else(|| "ALL".to_owned(), |target| target.to_string());
        out.push_str(&format!("      DestXCF:  {target}\n"));
        out.push_str(&format!("        DistMethod: {}\n", or_blank(one.method.as_deref())));
        if let Some(server) = &one.server {
            let rank = one.rank.map_or_else(String::new, |rank| format!("  Rank: {rank:03}"));
            out.push_str(&format!("        SrvType: {server}{rank}\n"));
        }
        if one.auto_switch_back.is_some() {
            let (back, health) = (yes(one.auto_switch_back), yes(one.health_switch));
            out.push_str(&format!("        AutoSwitchBack: {back:<3}  HealthSwitch: {health}\n"));
        }
        let affinity = one.affinity.map_or_else(|| "No".to_owned(), |seconds| seconds.to_string());
        let line = format!(
            "        SysPt:  {:<3}   TimAff: {affinity:<5} Flg: {}",
            yes(one.sysplex_ports),
            one.flags.join(", ")
        );
        out.push_str(&format!("{}\n", line.trim_end()));
        if let Some(weight) = one.weight {
            out.push_str(&format!("        Weight: {weight}\n"));
        }
        if let Some(optlocal) = one.optlocal {
            out.push_str(&format!("        OptLoc: {optlocal}\n"));
        }
        if let Some(group) = &one.group {
            out.push_str(&format!("        GrpName: {group}\n"));
        }
        if let Some([cp, zaap, ziip]) = one.processors {
            out.push_str(&format!(
                "        ProcType:\n          CP: {cp:02}  zAAP: {zaap:03}  zIIP: {ziip:03}\n"
            ));
        }
        if let Some([zaap, ziip]) = one.crossing {
            out.push_str(&format!("        ProcXcost:\n          zAAP: {zaap:03}  zIIP: {ziip:03}\n"));
        }
        if let Some(importance) = one.importance {
            out.push_str(&format!("        ILWeighting: {importance}\n"));
        }
    }
    for line in below.lines() {
        outer.push_str(indent);
        outer.push_str(line);
        outer.push('\n');
    }
}

fn routes(rows: &[VipaRoute], layout: Layout, out: &mut String) {
    if rows.is_empty() {
        return;
    }
    out.push_str("  VIPA Route:\n");
    if layout == Layout::Short {
        row("    ", &["XCF Address", "TargetIp"], &[15, 15], true, out);
    }
    for one in rows {
        match layout {
            Layout::Short => {
                row("    ", &[&one.target.to_string(), &one.through.to_string()], &[15, 15], false, out)
            }
            Layout::Long => {
                out.push_str(&format!("    DestXCF:  {}\n      TargetIp: {}\n", one.target, one.through));
            }
        }
    }
}
