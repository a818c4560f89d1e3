//! A schedule: items with their times. Minutes count from midnight.

use crate::duration;

/// An item to be scheduled.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Minutes that it takes at least; those of its parts count, too.
    pub(super) minutes: u32,
    /// Minutes and name of the break after it.
    pub(super) pause: Option<(u32, String)>,
    /// Its parts, in order.
    pub(super) parts: Vec<Item>,
    /// The caller's number for it.
    pub(super) id: usize,
}

/// A line of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The item; nothing for a break.
    pub(super) id: Option<usize>,
    /// Name of a break; empty if it has none.
    pub(super) label: String,
    /// Depth in the tree of items.
    pub(super) depth: usize,
    /// Begin in minutes.
    pub(super) from: u32,
    /// End in minutes.
    pub(super) to: u32,
}

/// A rule for breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    minutes: u32,
    when: When,
    label: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Before an item that would make more than this many minutes without a break.
    After(u32),
    /// Between the items that are nearest to this time.
    At(u32),
}

impl Rule {
    /// `10m after 90m` or `60m at 12:00`, and the name of the break.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (minutes, rest) = duration::leading(text)?;
        let (word, rest) = rest.split_once(' ')?;
        let (when, label) = match word {
            "after" => {
                let (stretch, label) = duration::leading(rest)?;
                (When::After(stretch).checked()?, label)
            }
            "at" => {
                let (time, label) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
                (When::At(clock(time)?), label)
            }
            _ => return None,
        };
        (minutes > 0).then(|| Self {
            minutes,
            when,
            label: label.trim().to_owned(),
        })
    }
}

impl When {
    fn checked(self) -> Option<Self> {
        (self != Self::After(0)).then_some(self)
    }
}

/// A time of the day, `9:30` or `13:00`.
pub(super) fn clock(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let two = |text: &str, most: u32| {
        let plain = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|number| plain && *number <= most)
    };
    Some(two(hours, 23)? * 60 + two(minutes, 59)?)
}

/// The lines of `items` from `start` on, with breaks after the items that have one and where the rules want one.
pub(super) fn schedule(items: &[Item], start: u32, rules: &[Rule]) -> Vec<Line> {
    let mut plan = Plan {
        lines: Vec::new(),
        open: Vec::new(),
        waiting: Vec::new(),
        pause: None,
        now: start,
        stretch: 0,
        rules: rules.to_vec(),
    };
    for item in items {
        plan.item(item);
    }
    plan.lines
}

struct Plan {
    lines: Vec<Line>,
    /// Lines of the items that have begun.
    open: Vec<usize>,
    /// Items that begin together with the next one, so that a break before it is before them.
    waiting: Vec<usize>,
    /// A break that comes only if an item follows.
    pause: Option<(u32, String)>,
    now: u32,
    /// Minutes since the last break.
    stretch: u32,
    rules: Vec<Rule>,
}

impl Plan {
    fn item(&mut self, item: &Item) {
        self.waiting.push(item.id);
        let depth = self.open.len() + self.waiting.len();
        let mut below = 0;
        for part in &item.parts {
            self.item(part);
            below += part.minutes;
        }
        // What a part has beyond its pages comes at its end.
        let rest = item.minutes.saturating_sub(below);
        if rest > 0 {
            self.work(rest, item.parts.is_empty());
        }
        if self.open.len() == depth
            && let Some(line) = self.open.pop()
        {
            self.lines[line].to = self.now;
        } else {
            self.waiting.pop();
        }
        if item.pause.is_some() {
            self.pause.clone_from(&item.pause);
        }
    }

    fn work(&mut self, minutes: u32, may_rest: bool) {
        if may_rest {
            let wanted = self.pause.take().or_else(|| self.due(minutes));
            if let Some((pause, label)) = wanted {
                self.rest(pause, label);
            }
        }
        for id in std::mem::take(&mut self.waiting) {
            self.open.push(self.lines.len());
            self.line(Some(id), String::new(), 0);
        }
        self.now += minutes;
        self.stretch += minutes;
    }

    /// The break that the rules want before something that takes `minutes`.
    fn due(&mut self, minutes: u32) -> Option<(u32, String)> {
        let (now, stretch) = (self.now, self.stretch);
        let wants = |rule: &Rule| match rule.when {
            When::After(most) => stretch > 0 && stretch + minutes > most,
            // Before it rather than after it, where that is nearer to the time.
            When::At(time) => now >= time || now + minutes > time && time - now <= now + minutes - time,
        };
        // A meal takes the place of a short break.
        let at = |rule: &Rule| matches!(rule.when, When::At(_));
        let meal = self.rules.iter().position(|rule| at(rule) && wants(rule));
        if let Some(meal) = meal {
            let rule = self.rules.remove(meal);
            return (stretch > 0).then_some((rule.minutes, rule.label));
        }
        let rule = self.rules.iter().find(|rule| !at(rule) && wants(rule))?;
        Some((rule.minutes, rule.label.clone()))
    }

    fn rest(&mut self, minutes: u32, label: String) {
        self.line(None, label, minutes);
        self.now += minutes;
        self.stretch = 0;
    }

    fn line(&mut self, id: Option<usize>, label: String, minutes: u32) {
        let depth = self.open.len() - usize::from(id.is_some());
        self.lines.push(Line {
            id,
            label,
            depth,
            from: self.now,
            to: self.now + minutes,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(id: usize, minutes: u32) -> Item {
        Item {
            minutes,
            pause: None,
            parts: Vec::new(),
            id,
        }
    }

    fn part(id: usize, minutes: u32, parts: Vec<Item>) -> Item {
        Item {
            parts,
            ..page(id, minutes)
        }
    }

    fn shown(items: &[Item], start: &str, rules: &[&str]) -> Vec<String> {
        let rules: Vec<Rule> = rules.iter().filter_map(|rule| Rule::parse(rule)).collect();
        let time = |minutes: u32| format!("{}:{:02}", minutes / 60, minutes % 60);
        let line = |line: &Line| {
            let what = line
                .id
                .map_or(format!("break {}", line.label), |id| id.to_string());
            let indent = "  ".repeat(line.depth);
            format!("{indent}{}-{} {}", time(line.from), time(line.to), what.trim())
        };
        schedule(items, clock(start).unwrap_or_default(), &rules)
            .iter()
            .map(line)
            .collect()
    }

    #[test]
    fn parts_hold_their_pages_and_what_they_are_given_beyond() {
        let items = [part(1, 60, vec![page(2, 20), page(3, 25)]), page(4, 30)];
        let expected = [
            "13:00-14:00 1",
            "  13:00-13:20 2",
            "  13:20-13:45 3",
            "14:00-14:30 4",
        ];
        assert_eq!(shown(&items, "13:00", &[]), expected);
    }

    #[test]
    fn a_break_stands_between_parts_and_never_at_the_end() {
        let mut last = page(3, 30);
        last.pause = Some((15, "Tea".to_owned()));
        let items = [part(1, 60, vec![page(2, 30), last.clone()]), last];
        let expected = [
            "9:00-10:00 1",
            "  9:00-9:30 2",
            "  9:30-10:00 3",
            "10:00-10:15 break Tea",
            "10:15-10:45 3",
        ];
        assert_eq!(shown(&items, "9:00", &[]), expected);
    }

    #[test]
    fn nobody_works_longer_than_a_rule_says() {
        let items = [page(1, 40), page(2, 40), page(3, 30), page(4, 100), page(5, 10)];
        let expected = [
            "13:00-13:40 1",
            "13:40-14:20 2",
            "14:20-14:30 break",
            "14:30-15:00 3",
            "15:00-15:10 break",
            "15:10-16:50 4",
            "16:50-17:00 break",
            "17:00-17:10 5",
        ];
        assert_eq!(shown(&items, "13:00", &["10m after 90m"]), expected);
    }

    #[test]
    fn lunch_is_at_the_change_nearest_to_its_time() {
        let items = [page(1, 60), page(2, 75), page(3, 45), page(4, 60)];
        let rules = ["10m after 80m", "60m at 12:00 Lunch"];
        let expected = [
            "10:00-11:00 1",
            "11:00-11:10 break",
            "11:10-12:25 2",
            "12:25-13:25 break Lunch",
            "13:25-14:10 3",
            "14:10-14:20 break",
            "14:20-15:20 4",
        ];
        assert_eq!(shown(&items, "10:00", &rules), expected);
    }

    #[test]
    fn rules_and_times_that_say_nothing_are_refused() {
        for text in [
            "10m",
            "10m after",
            "after 90m",
            "10m at noon",
            "0m after 10m",
            "10m after 0m",
            "5m since 9:00",
        ] {
            assert_eq!(Rule::parse(text), None, "{text}");
        }
        for text in ["24:00", "9:60", "9", "", "9:5:5", "+9:00"] {
            assert_eq!(clock(text), None, "{text}");
        }
        assert_eq!(clock("9:05"), Some(545));
    }
}
