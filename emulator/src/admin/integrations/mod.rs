//! Integrations: creation, update, deletion, and reading.

mod breaking;
mod check;
mod create;
mod delete;
mod lookup;
mod merge;
mod parts;
mod record;
mod shown;
mod update;
mod verification;

use http::Method;

pub(super) use self::lookup::{find_public, list_public, own, read_version};
pub(super) use self::record::{Record, Visibility, all, find};
pub(super) use self::shown::public;
use super::body;
use super::call::Operation;
use crate::wire::query::{Kind, NEXT_TOKEN, Parameter, parameter};
use crate::wire::shape::{Field, TEXT, required};

const INTEGRATIONS: &str = "/v1/admin/integrations";
const INTEGRATION: &str = "/v1/admin/integrations/{id}";

/// The parameters of lists.
pub(super) const LIST: &[Parameter] = &[
    NEXT_TOKEN,
    parameter("limit", Kind::Count),
    parameter("name", Kind::Text),
    parameter("version", Kind::Text),
    parameter("interfaceId", Kind::Text),
    parameter("interfaceName", Kind::Text),
    parameter("installedByBotId", Kind::Text),
    parameter(
        "verificationStatus",
        Kind::OneOf(&["unapproved", "pending", "approved", "rejected"]),
    ),
    parameter("search", Kind::Text),
    parameter(
        "sortBy",
        Kind::OneOf(&[
            "popularity",
            "name",
            "createdAt",
            "updatedAt",
            "installCount",
        ]),
    ),
    parameter("direction", Kind::OneOf(&["asc", "desc"])),
    parameter("visibility", Kind::OneOf(&["public", "private"])),
    parameter("dev", Kind::Boolean),
];

const ONE: &[Field] = &[required("integrationId", TEXT)];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "createIntegration",
        method: Method::POST,
        path: INTEGRATIONS,
        query: &[],
        body: body::CREATE,
        run: create::create,
    },
    Operation {
        name: "validateIntegrationCreation",
        method: Method::POST,
        path: "/v1/admin/integrations/validate",
        query: &[],
        body: body::CREATE,
        run: create::validate,
    },
    Operation {
        name: "updateIntegration",
        method: Method::PUT,
        path: INTEGRATION,
        query: &[],
        body: body::UPDATE,
        run: update::update,
    },
    Operation {
        name: "validateIntegrationUpdate",
        method: Method::PUT,
        path: "/v1/admin/integrations/{id}/validate",
        query: &[],
        body: body::UPDATE,
        run: update::validate,
    },
    Operation {
        name: "deleteIntegration",
        method: Method::DELETE,
        path: INTEGRATION,
        query: &[],
        body: &[],
        run: delete::delete,
    },
    Operation {
        name: "listIntegrations",
        method: Method::GET,
        path: INTEGRATIONS,
        query: LIST,
        body: &[],
        run: lookup::list,
    },
    Operation {
        name: "getIntegration",
        method: Method::GET,
        path: INTEGRATION,
        query: &[],
        body: &[],
        run: lookup::get,
    },
    Operation {
        name: "getIntegrationByName",
        method: Method::GET,
        path: "/v1/admin/integrations/{name}/{version}",
        query: &[],
        body: &[],
        run: lookup::get_by_name,
    },
    Operation {
        name: "rotateIntegrationSigningSecrets",
        method: Method::POST,
        path: "/v1/admin/integrations/{id}/signing-secrets/rotate",
        query: &[],
        body: &[],
        run: update::rotate_signing_secret,
    },
    Operation {
        name: "requestIntegrationVerification",
        method: Method::POST,
        path: "/v1/admin/integrations/request-verification",
        query: &[],
        body: ONE,
        run: verification::request,
    },
];
