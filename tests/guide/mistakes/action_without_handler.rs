use contexture_guide::desk::{self, actions};

struct App;

impl desk::Integration for App {}

pub fn serve() {
    fn handles(_: impl actions::CreateTicket) {}
    handles(App);
}
