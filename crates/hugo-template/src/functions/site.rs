//! The functions `site`, `page` and `hugo`.

use std::sync::Arc;

use super::Entry;
use crate::host::Handle;
use crate::objects::Hugo;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["site"], |cx, _| {
        Ok(Value::Handle(Handle::Site(cx.host().current_site())))
    }),
    (&["page"], |cx, _| Ok(Value::page(cx.host().current_page()))),
    (&["hugo"], |_, _| Ok(Value::Object(Arc::new(Hugo)))),
];
