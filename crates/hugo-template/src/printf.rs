//! Go's `fmt.Sprintf` over template values.

mod verb;

use super::print;
use super::value::Value;

/// Flags, width and precision of a verb.
#[derive(Debug, Clone, Copy, Default)]
struct Spec {
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

/// Maximum width and precision. Larger ones are an error in Go too.
const MAX_WIDTH: i64 = 100_000;

/// `format` with its verbs replaced by `args`; mistakes show as `%!d(string=x)`, as in Go.
pub(super) fn sprintf(format: &str, args: &[Value]) -> String {
    let mut printer = Printer {
        rest: format,
        args,
        next: 0,
        reordered: false,
        out: String::new(),
    };
    while let Some(at) = printer.rest.find('%') {
        printer.out.push_str(&printer.rest[..at]);
        printer.rest = &printer.rest[at + 1..];
        printer.verb();
    }
    printer.out.push_str(printer.rest);
    printer.extra();
    printer.out
}

struct Printer<'a> {
    rest: &'a str,
    args: &'a [Value],
    next: usize,
    reordered: bool,
    out: String,
}

impl<'a> Printer<'a> {
    fn verb(&mut self) {
        let mut spec = self.flags();
        let mut good_index = self.index();
        spec.width = self.size(&mut spec.minus, "%!(BADWIDTH)");
        if let Some(rest) = self.rest.strip_prefix('.') {
            self.rest = rest;
            good_index &= self.index();
            let mut negative = false;
            spec.precision = self
                .size(&mut negative, "%!(BADPREC)")
                .or(Some(0))
                .filter(|_| !negative);
        }
        good_index &= self.index();
        let mut chars = self.rest.chars();
        let Some(verb) = chars.next() else {
            self.out.push_str("%!(NOVERB)");
            return;
        };
        self.rest = chars.as_str();
        match self.args.get(self.next) {
            _ if verb == '%' => self.out.push('%'),
            _ if !good_index => print::push(&mut self.out, format_args!("%!{verb}(BADINDEX)")),
            None => print::push(&mut self.out, format_args!("%!{verb}(MISSING)")),
            Some(arg) => {
                self.next += 1;
                self.out.push_str(&verb::format(&spec, verb, arg));
            }
        }
    }

    fn flags(&mut self) -> Spec {
        let mut spec = Spec::default();
        loop {
            let mut chars = self.rest.chars();
            match chars.next() {
                Some('-') => spec.minus = true,
                Some('+') => spec.plus = true,
                Some('#') => spec.sharp = true,
                Some(' ') => spec.space = true,
                Some('0') => spec.zero = true,
                _ => return spec,
            }
            self.rest = chars.as_str();
        }
    }

    /// Reads `[3]`, the number of the next argument. Returns false if it names none.
    fn index(&mut self) -> bool {
        let Some(inside) = self.rest.strip_prefix('[') else {
            return true;
        };
        self.reordered = true;
        let Some((digits, rest)) = inside.split_once(']') else {
            return false;
        };
        self.rest = rest;
        match digits.parse::<usize>() {
            Ok(number) if (1..=self.args.len()).contains(&number) => {
                self.next = number - 1;
                true
            }
            _ => false,
        }
    }

    /// A width or precision: digits, or `*` for the next argument.
    fn size(&mut self, negative: &mut bool, bad: &str) -> Option<usize> {
        let number = match self.rest.strip_prefix('*') {
            Some(rest) => {
                self.rest = rest;
                let arg = self.args.get(self.next);
                self.next += 1;
                match arg {
                    Some(Value::Int(number)) if number.abs() <= MAX_WIDTH => *number,
                    _ => {
                        self.out.push_str(bad);
                        return None;
                    }
                }
            }
            None => {
                let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
                let (number, rest) = self.rest.split_at(digits);
                self.rest = rest;
                number.parse().ok().filter(|number| *number <= MAX_WIDTH)?
            }
        };
        *negative |= number < 0;
        usize::try_from(number.abs()).ok()
    }

    /// Reports arguments that no verb took.
    fn extra(&mut self) {
        if self.reordered || self.next >= self.args.len() {
            return;
        }
        let extra = self.args[self.next..].iter().map(|arg| match arg {
            Value::Nil => "<nil>".to_owned(),
            _ => format!("{}={}", arg.type_name(), print::plain(arg)),
        });
        let extra: Vec<String> = extra.collect();
        print::push(&mut self.out, format_args!("%!(EXTRA {})", extra.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Value {
        Value::list(vec!["a".into(), "b".into()])
    }

    #[test]
    fn verbs_print_as_in_go() {
        let cases: &[(&str, &[Value], &str)] = &[
            ("%s-%d", &["a".into(), 7_i64.into()], "a-7"),
            ("%v %v %v", &[1.5.into(), true.into(), list()], "1.5 true [a b]"),
            ("%q", &["a\"b".into()], r#""a\"b""#),
            ("%q", &[list()], r#"["a" "b"]"#),
            ("%q", &[65_i64.into()], "'A'"),
            ("%t", &[true.into()], "true"),
            (
                "%05d|%5d|%-5d|%+d",
                &[42_i64.into(), 42_i64.into(), 42_i64.into(), 42_i64.into()],
                "00042|   42|42   |+42",
            ),
            ("%05d", &[(-42_i64).into()], "-0042"),
            (
                "%x %X %#x %o %b %c %U",
                &[
                    255_i64.into(),
                    255_i64.into(),
                    255_i64.into(),
                    8_i64.into(),
                    5_i64.into(),
                    65_i64.into(),
                    65_i64.into(),
                ],
                "ff FF 0xff 10 101 A U+0041",
            ),
            ("%x", &["hé".into()], "68c3a9"),
            (
                "%f %.2f %8.3f|%-8.1f|",
                &[1.5.into(), 1.005.into(), 3.2419.into(), 2.25.into()],
                "1.500000 1.00    3.242|2.2     |",
            ),
            (
                "%e %g %G",
                &[123_456.0.into(), 1e-7.into(), 1e22.into()],
                "1.234560e+05 1e-07 1E+22",
            ),
            (
                "%T %T %T",
                &[1_i64.into(), "".into(), list()],
                "int string []string",
            ),
            (
                "%5s|%-5s|%.1s",
                &["é".into(), "é".into(), "éa".into()],
                "    é|é    |é",
            ),
            ("%%|%[2]d %[1]d", &[1_i64.into(), 2_i64.into()], "%|2 1"),
            ("%*d", &[5_i64.into(), 42_i64.into()], "   42"),
            ("%d", &["x".into()], "%!d(string=x)"),
            ("%s", &[5_i64.into()], "%!s(int=5)"),
            ("%d", &[], "%!d(MISSING)"),
            ("a", &[1_i64.into()], "a%!(EXTRA int=1)"),
            ("%z", &[1_i64.into()], "%!z(int=1)"),
            ("%s", &[Value::Nil], "%!s(<nil>)"),
            ("%v", &[Value::Nil], "<nil>"),
            ("%", &[], "%!(NOVERB)"),
            ("%[5]d", &[1_i64.into()], "%!d(BADINDEX)"),
            ("%d", &[Value::list(vec![Value::Int(1), Value::Int(2)])], "[1 2]"),
            ("%v", &[Value::map([("a", 1_i64.into())])], "map[a:1]"),
            ("%03s", &["a".into()], "00a"),
        ];
        for (format, args, expected) in cases {
            assert_eq!(sprintf(format, args), *expected, "{format}");
        }
    }

    #[test]
    fn a_huge_width_is_no_width() {
        assert!(sprintf("%999999999d", &[1_i64.into()]).len() < 100);
        assert!(sprintf("%*d", &[i64::MAX.into(), 1_i64.into()]).len() < 100);
    }
}
