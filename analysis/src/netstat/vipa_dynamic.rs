//! NETSTAT VIPADYN (04:7.3): each DVIPA on this stack, and the ways of its VIPAROUTEs.

use runtime_model::Cluster;
use runtime_model::ids::StackId;
use runtime_model::product::view::{Distribution, DvipaStatus, DvipaView, Origin as Shown};

use super::Layout;
use super::text::{mask, row};
use crate::capture::{Dvipa, Origin, RouteState, Status};

/// The DVIPAs that the stack shows.
pub(super) fn data(cluster: &Cluster, stack: StackId) -> Vec<Dvipa> {
    let interface = |view: &DvipaView| {
        let statements = cluster.stack_config(stack).into_iter().flat_map(|config| &config.dvipas);
        statements.filter(|dvipa| dvipa.address == view.address).find_map(|dvipa| dvipa.interface.clone())
    };
    let views = cluster.dvipa_views(stack);
    views
        .iter()
        .map(|view| Dvipa {
            address: view.address,
            bits: view.subnet.map(|net| net.prefix_len()).filter(|_| view.address.is_ipv4()),
            interface: interface(view),
            status: Some(status(view.status)),
            origin: origin(view.origin),
            distributor: matches!(view.distribution, Distribution::Distributor | Distribution::Both),
            target: matches!(view.distribution, Distribution::Target | Distribution::Both),
            job: view.job.and_then(|job| cluster.job_of(job)).map(|job| job.name.to_string()),
        })
        .collect()
}

/// The ways of VIPAROUTEs.
pub(super) fn routes(cluster: &Cluster, stack: StackId) -> Vec<RouteState> {
    let config = cluster.stack_config(stack).filter(|_| cluster.in_group(stack));
    let routes = config.into_iter().flat_map(|config| &config.product.routes);
    routes
        .map(|route| RouteState {
            target: route.xcf,
            through: Some(route.target),
            active: Some(cluster.route_is_up(stack, route.xcf)),
        })
        .collect()
}

/// The section of routes.
pub(super) fn print_routes(rows: &[RouteState], layout: Layout, out: &mut String) {
    if rows.is_empty() {
        return;
    }
    out.push_str("VIPA Route:\n");
    let widths = [15, 15, 8];
    if layout == Layout::Short {
        row("  ", &["XCF Address", "TargetIp", "RtStatus"], &widths, true, out);
    }
    for one in rows {
        let through = one.through.map_or_else(String::new, |address| address.to_string());
        let status = match one.active {
            Some(true) => "Active",
            Some(false) => "Inactive",
            None => "",
        };
        match layout {
            Layout::Short => row("  ", &[&one.target.to_string(), &through, status], &widths, false, out),
            Layout::Long => out.push_str(&format!(
                "  DestXCF:  {}\n    TargetIp: {through}\n    RtStatus: {status}\n",
                one.target
            )),
        }
    }
}

/// The status as reports spell it: why a definition sleeps is told by messages.
pub(super) const fn status(status: DvipaStatus) -> Status {
    match status {
        DvipaStatus::Active => Status::Active,
        DvipaStatus::Backup => Status::Backup,
        DvipaStatus::Moving => Status::Moving,
        DvipaStatus::Quiescing => Status::Quiescing,
        DvipaStatus::Deactivated | DvipaStatus::DeactivatedLeft | DvipaStatus::DeactivatedAutonomics => {
            Status::Deactivated
        }
        DvipaStatus::InactivatedLeft | DvipaStatus::InactivatedAutonomics => Status::Inactive,
    }
}

pub(super) const fn origin(origin: Shown) -> Option<Origin> {
    match origin {
        Shown::Vipadefine => Some(Origin::Define),
        Shown::Vipabackup => Some(Origin::Backup),
        Shown::ViparangeBind => Some(Origin::Bind),
        Shown::ViparangeIoctl => Some(Origin::Ioctl),
        Shown::Target => None,
    }
}

pub(super) const fn origin_words(origin: Option<Origin>) -> &'static str {
    match origin {
        Some(Origin::Define) => "VIPADefine",
        Some(Origin::Backup) => "VIPABackup",
        Some(Origin::Bind) => "VIPARange Bind",
        Some(Origin::Ioctl) => "VIPARange IOCTL",
        None => "",
    }
}

/// With a capital, as the reports have it.
pub(super) const fn status_word(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Active) => "Active",
        Some(Status::Backup) => "Backup",
        Some(Status::Moving) => "Moving",
        Some(Status::Quiescing) => "Quiescing",
        Some(Status::Deactivated) => "Deactivated",
        Some(Status::Inactive) => "Inactive",
        None => "",
    }
}

const fn dist(row: &Dvipa) -> &'static str {
    match (row.distributor, row.target) {
        (true, true) => "Dist/Dest",
        (true, false) => "Dist",
        (false, true) => "Dest",
        (false, false) => "",
    }
}

/// The report below its head.
pub(super) fn print(rows: &[Dvipa], layout: Layout, out: &mut String) {
    out.push_str("Dynamic VIPA:\n");
    let widths = [15, 15, 11, 15, 9];
    if layout == Layout::Short {
        let heads = ["IP Address", "AddressMask", "Status", "Origination", "DistStat"];
        row("  ", &heads, &widths, true, out);
    }
    for one in rows {
        if layout == Layout::Short {
            let cells = [
                &one.address.to_string(),
                &one.bits.map_or_else(String::new, mask),
                status_word(one.status),
                origin_words(one.origin),
                dist(one),
            ];
            row("  ", &cells, &widths, false, out);
            continue;
        }
        let deeper = one.interface.as_ref().map_or("", |name| {
            out.push_str(&format!("  IntfName: {name}\n"));
            "  "
        });
        let bits = one.bits.map_or_else(String::new, |bits| format!("/{bits}"));
        let label = if one.address.is_ipv6() { "IpAddr" } else { "IpAddr/PrefixLen" };
        out.push_str(&format!("{deeper}  {label}: {}{bits}\n", one.address));
        let line = format!(
            "{deeper}    Status: {:<11}  Origin: {:<15}  DistStat: {}",
            status_word(one.status),
            origin_words(one.origin),
            dist(one)
        );
        out.push_str(&format!("{}\n", line.trim_end()));
        if let Some(job) = &one.job {
            out.push_str(&format!("{deeper}    Job: {job}\n"));
        }
    }
}
