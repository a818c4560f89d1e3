//! `site`, `page`, `hugo`.

use std::sync::Arc;

use super::Entry;
use crate::gotemplate::host::Handle;
use crate::gotemplate::objects::Hugo;
use crate::gotemplate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["site"], |cx, _| {
        Ok(Value::Handle(Handle::Site(cx.host().current_site())))
    }),
    (&["page"], |cx, _| Ok(Value::page(cx.host().current_page()))),
    (&["hugo"], |_, _| Ok(Value::Object(Arc::new(Hugo)))),
];
