//! Many hosts at a time, each host slowly.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::client::Client;
use super::follow::follow;
use super::{Options, Verdict, address};

/// The verdicts on `addresses`, in their order. Addresses of one host are asked one after the other with a pause
/// between them.
pub(super) fn ask(
    addresses: &[String],
    options: &Options,
    client: &dyn Client,
    told: &(dyn Fn(usize, usize) + Sync),
) -> Vec<(String, Verdict)> {
    let hosts = Mutex::new(by_host(addresses));
    let found: Mutex<Vec<(usize, Verdict)>> = Mutex::new(Vec::with_capacity(addresses.len()));
    let done = AtomicUsize::new(0);
    let threads = options.hosts.max(1).min(addresses.len());
    let pause = |wait: Duration| std::thread::sleep(wait.max(options.pause));
    let work = || {
        while let Some(host) = take(&hosts) {
            for (nth, at) in host.into_iter().enumerate() {
                if nth > 0 {
                    pause(Duration::ZERO);
                }
                let verdict = follow(&addresses[at], client, &pause);
                if let Ok(mut found) = found.lock() {
                    found.push((at, verdict));
                }
                told(done.fetch_add(1, Ordering::Relaxed) + 1, addresses.len());
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by_key(|(at, _)| *at);
    found
        .into_iter()
        .map(|(at, verdict)| (addresses[at].clone(), verdict))
        .collect()
}

/// The addresses of each host, the host with the most first, as it takes longest.
fn by_host(addresses: &[String]) -> VecDeque<Vec<usize>> {
    let mut hosts: Vec<(String, Vec<usize>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for (at, address) in addresses.iter().enumerate() {
        let host = address::host(address);
        let place = *places.entry(host.clone()).or_insert_with(|| {
            hosts.push((host, Vec::new()));
            hosts.len() - 1
        });
        hosts[place].1.push(at);
    }
    hosts.sort_by_key(|(_, addresses)| std::cmp::Reverse(addresses.len()));
    hosts.into_iter().map(|(_, addresses)| addresses).collect()
}

fn take(hosts: &Mutex<VecDeque<Vec<usize>>>) -> Option<Vec<usize>> {
    hosts.lock().ok()?.pop_front()
}
