//! `exercise`, and the `hint` and `solution` calls inside it.
//!
//! Exercises are numbered page by page: everybody in a room is on one page, and the number of an exercise never changes
//! because another page gets one. A page with a `sectionnumber` puts that before it.

use super::partial::placed;
use super::stores::{Exercise, Series, is_box};
use super::{Outcome, Shortcodes};
use crate::diag::{FileId, Span};
use crate::markup::dom::Node;
use crate::parse::Call;

impl Shortcodes<'_> {
    pub(super) fn exercise(&mut self, file: FileId, call: &Call) -> Outcome {
        let number = self.begin_exercise(call);
        let outcome = self.numbered(file, call, "exercise", &number);
        self.end_exercise();
        outcome
    }

    /// An exercise whose text stands in no file, between [`Self::begin_exercise`] and [`Self::end_exercise`].
    pub(crate) fn exercise_apart(
        &mut self,
        call: &Call,
        number: &str,
        nodes: Vec<Node>,
        raw: String,
        span: Span,
    ) -> Outcome {
        self.filled(&placed(call, span), "exercise", number, nodes, raw, &[])
    }

    /// The number of an exercise, whose hints and solutions come next.
    pub(crate) fn begin_exercise(&mut self, call: &Call) -> String {
        let number = self.count("exercise n") + 1;
        let section = self
            .param_value("sectionnumber")
            .map(|value| format!("{value}."))
            .unwrap_or_default();
        let number = call
            .args
            .text(&["number"], None)
            .unwrap_or_else(|| format!("{section}{number}"));
        let inner = call.inner.as_ref();
        let segments = inner.map(|inner| inner.segments.as_slice()).unwrap_or_default();
        self.stores.exercises.borrow_mut().push(Exercise {
            hints: Series::of("hint", segments),
            solutions: Series::of("solution", segments),
        });
        number
    }

    /// Ends the exercise.
    pub(crate) fn end_exercise(&self) {
        self.stores.exercises.borrow_mut().pop();
    }

    /// A `hint` or `solution` inside an exercise; `None` outside.
    pub(super) fn of_exercise(&mut self, file: FileId, call: &Call, name: &str) -> Option<Outcome> {
        let number = self.number_in_exercise(call, name)?;
        Some(self.numbered(file, call, name, &number))
    }

    /// The number of a `hint` or `solution`; `None` outside of exercises.
    pub(super) fn number_in_exercise(&self, call: &Call, name: &str) -> Option<String> {
        if name == "hint" && !self.is_of_exercise(call) {
            return None;
        }
        let mut exercises = self.stores.exercises.borrow_mut();
        let exercise = exercises.last_mut()?;
        let series = if name == "hint" {
            &mut exercise.hints
        } else {
            &mut exercise.solutions
        };
        Some(series.next())
    }

    /// Returns true if a `hint` belongs to an exercise, and is not a box.
    pub(super) fn is_of_exercise(&self, hint: &Call) -> bool {
        !self.stores.exercises.borrow().is_empty() && !is_box(hint)
    }
}
