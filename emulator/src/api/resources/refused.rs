//! Operations that Botpress has and that no integration can use.

use contexture::ApiErrorKind;
use http::Method;

use crate::api::call::{Answer, Call, Operation};
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{Kind, NEXT_TOKEN, PAGE_SIZE, TAGS, parameter, required};
use crate::wire::shape::{Field, Shape, optional};

/// Bodies of workflows are not read.
const ANY_WORKFLOW: &[Field] = &[
    optional("name", Shape::Anything),
    optional("input", Shape::Anything),
    optional("output", Shape::Anything),
    optional("parentWorkflowId", Shape::Anything),
    optional("conversationId", Shape::Anything),
    optional("userId", Shape::Anything),
    optional("timeoutAt", Shape::Anything),
    optional("status", Shape::Anything),
    optional("tags", Shape::Anything),
    optional("discriminateByTags", Shape::Anything),
    optional("failureReason", Shape::Anything),
    optional("eventId", Shape::Anything),
];

const ANY_OBSERVATION: &[Field] = &[
    optional("id", Shape::Anything),
    optional("name", Shape::Anything),
    optional("data", Shape::Anything),
    optional("messageId", Shape::Anything),
    optional("eventId", Shape::Anything),
    optional("conversationId", Shape::Anything),
    optional("userId", Shape::Anything),
    optional("errorId", Shape::Anything),
    optional("traceId", Shape::Anything),
];

const WORKFLOWS: &str = "/v1/chat/workflows";
const WORKFLOW: &str = "/v1/chat/workflows/{id}";

pub(super) const OPERATIONS: &[Operation] = &[
    workflow("createWorkflow", Method::POST, WORKFLOWS),
    workflow("getWorkflow", Method::GET, WORKFLOW),
    workflow("updateWorkflow", Method::PUT, WORKFLOW),
    workflow("deleteWorkflow", Method::DELETE, WORKFLOW),
    workflow(
        "getOrCreateWorkflow",
        Method::POST,
        "/v1/chat/workflows/get-or-create",
    ),
    Operation {
        name: "listWorkflows",
        method: Method::GET,
        path: WORKFLOWS,
        query: &[
            NEXT_TOKEN,
            PAGE_SIZE,
            TAGS,
            parameter("conversationId", Kind::Text),
            parameter("userId", Kind::Text),
            parameter("parentWorkflowId", Kind::Text),
            parameter("statuses", Kind::Texts(usize::MAX)),
            parameter("name", Kind::Text),
        ],
        body: &[],
        run: refuse_workflow,
    },
    Operation {
        name: "captureObservation",
        method: Method::POST,
        path: "/v1/chat/observations",
        query: &[],
        body: ANY_OBSERVATION,
        run: |_| {
            Err(Failure::forbidden(
                "observations of integrations are not supported",
            ))
        },
    },
    Operation {
        name: "listTagValues",
        method: Method::GET,
        path: "/v1/chat/tags/{key}/values",
        query: &[
            NEXT_TOKEN,
            PAGE_SIZE,
            required("type", Kind::OneOf(&["user", "conversation", "message"])),
        ],
        body: &[],
        run: |_| {
            let message = "values of tags can no longer be listed";
            Err(Failure::new(ApiErrorKind::ResourceGone, message))
        },
    },
];

const fn workflow(name: &'static str, method: Method, path: &'static str) -> Operation {
    Operation {
        name,
        method,
        path,
        query: &[],
        body: ANY_WORKFLOW,
        run: refuse_workflow,
    }
}

fn refuse_workflow(_: &mut Call<'_>) -> Result<Answer> {
    Err(Failure::forbidden(
        "workflows belong to bots, and not to integrations",
    ))
}
