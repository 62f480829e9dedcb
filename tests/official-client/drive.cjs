// Calls every operation of the official client that an integration can reach.
//
// The arguments are the address of the API, the id of the integration, and the file with the names of the documented
// operations. It prints a line of JSON for each call, and one with the counts.
'use strict'

const assert = require('node:assert/strict')
const fs = require('node:fs')
const { Client } = require('@botpress/client')

const [apiUrl, integrationId, documented] = process.argv.slice(2)

const client = new Client({
  apiUrl,
  token: process.env.BP_TOKEN,
  botId: process.env.BP_BOT_ID,
  integrationId,
  integrationAlias: process.env.BP_INTEGRATION_ALIAS,
  retry: { retries: 0 },
})

const called = new Map()

const note = (operation, outcome) => {
  called.set(operation, (called.get(operation) ?? 0) + 1)
  console.log(JSON.stringify({ operation, outcome }))
}

// Calls an operation that succeeds.
const call = async (operation, input) => {
  const output = await client[operation](input)
  note(operation, 'answered')
  return output
}

// Calls an operation that is refused with an error of the client's own type.
const refuse = async (operation, input, type) => {
  const error = await client[operation](input).then(
    () => assert.fail(`${operation} succeeded`),
    (thrown) => thrown
  )
  assert.equal(error.isApiError, true, `${operation}: ${error}`)
  assert.equal(error.type, type, `${operation}: ${error.message}`)
  note(operation, type)
}

const conversations = async () => {
  const tags = { id: 'c 1/ö' }
  const { conversation } = await call('createConversation', { channel: 'chat', tags })
  assert.deepEqual(conversation.tags, tags)
  const { id } = conversation
  assert.equal((await call('getConversation', { id })).conversation.id, id)
  const found = await call('getOrCreateConversation', { channel: 'chat', tags })
  assert.deepEqual([found.conversation.id, found.meta.created], [id, false])
  const other = await call('getOrCreateConversation', {
    channel: 'chat',
    tags: { id: 'c 2', topic: 'tea' },
    discriminateByTags: ['id'],
  })
  assert.equal(other.meta.created, true)
  const changed = await call('updateConversation', { id, tags: { topic: 'tea', id: null } })
  assert.deepEqual(changed.conversation.tags, { topic: 'tea' })
  await call('updateConversation', { id, tags, properties: { mood: 'fine' } })
  const listed = await call('listConversations', {
    tags,
    channel: 'chat',
    sortField: 'updatedAt',
    sortDirection: 'asc',
    pageSize: 1,
    afterDate: '2000-01-01T00:00:00.000Z',
  })
  assert.deepEqual(listed.conversations.map((one) => one.id), [id])
  const both = await client.list.conversations({ pageSize: 1 }).collect()
  assert.equal(both.length, 2)
  note('listConversations', 'collected')
  await call('deleteConversation', { id: other.conversation.id })
  await refuse('getConversation', { id: other.conversation.id }, 'ResourceNotFound')
  return conversation
}

const users = async () => {
  const { user } = await call('createUser', {
    tags: { id: 'u1' },
    name: 'Ada',
    pictureUrl: 'https://example.com/ada.png',
    properties: { age: '36' },
    attributes: { old: '1' },
  })
  const { id } = user
  assert.deepEqual((await call('getUser', { id })).user, user)
  const found = await call('getOrCreateUser', { tags: { id: 'u1', login: 'ada' }, discriminateByTags: ['id'] })
  assert.deepEqual([found.user.id, found.user.tags, found.meta.created], [id, { id: 'u1', login: 'ada' }, false])
  const changed = await call('updateUser', { id, name: null, tags: { login: null }, properties: { age: null } })
  assert.deepEqual([changed.user.name, changed.user.tags], [undefined, { id: 'u1' }])
  const other = await call('getOrCreateUser', { tags: { id: 'u2' } })
  const listed = await call('listUsers', { tags: { id: 'u1' }, rangeField: 'updatedAt', sortDirection: 'desc' })
  assert.deepEqual(listed.users.map((one) => one.id), [id])
  assert.equal((await client.list.users({ pageSize: 1 }).collect()).length, 2)
  note('listUsers', 'collected')
  await call('deleteUser', { id: other.user.id })
  await refuse('getUser', { id: other.user.id }, 'ResourceNotFound')
  await refuse('createUser', { tags: { undeclared: '1' } }, 'InvalidPayload')
  return changed.user
}

const participants = async (conversation, user) => {
  const pair = { id: conversation.id, userId: user.id }
  assert.equal((await call('addParticipant', pair)).participant.id, user.id)
  assert.equal((await call('getParticipant', pair)).participant.id, user.id)
  const listed = await call('listParticipants', { id: conversation.id })
  assert.deepEqual(listed.participants.map((one) => one.id), [user.id])
  const there = await call('listConversations', { participantIds: [user.id] })
  assert.deepEqual(there.conversations.map((one) => one.id), [conversation.id])
  await call('removeParticipant', pair)
  await refuse('getParticipant', pair, 'ResourceNotFound')
}

const messages = async (conversation, user) => {
  const sent = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: 'hi' } }
  const { message } = await call('createMessage', { ...sent, tags: { id: 'm1' }, origin: 'synthetic' })
  const { id } = message
  assert.deepEqual((await call('getMessage', { id })).message, message)
  const found = await call('getOrCreateMessage', { ...sent, tags: { id: 'm1' } })
  assert.deepEqual([found.message.id, found.meta.created], [id, false])
  const changed = await call('updateMessage', { id, tags: { id: null, part: '2' }, payload: { text: 'hello' } })
  assert.deepEqual([changed.message.tags, changed.message.payload], [{ part: '2' }, { text: 'hello' }])
  await call('createMessage', { ...sent, tags: {}, schedule: { delay: 3_600_000 } })
  const listed = await call('listMessages', { conversationId: conversation.id, tags: { part: '2' } })
  assert.deepEqual(listed.messages.map((one) => one.id), [id])
  const count = (await call('getConversation', { id: conversation.id })).conversation.messageCount
  assert.equal(count, 1)
  const imported = await call('importMessages', {
    messages: [{ ...sent, tags: { id: 'old' }, createdAt: '2020-01-01T00:00:00.000Z', discriminateByTags: ['id'] }],
  })
  assert.equal(imported.messages[0].createdAt, '2020-01-01T00:00:00.000Z')
  await refuse('createMessage', { ...sent, tags: {}, payload: { text: 1 } }, 'InvalidDataFormat')
  await refuse('createMessage', { ...sent, tags: {}, payload: { text: 'x'.repeat(131_073) } }, 'LimitExceeded')
  await call('deleteMessage', { id })
  await refuse('getMessage', { id }, 'ResourceNotFound')
  const incoming = await call('initializeIncomingMessage', {
    user: { tags: { id: 'u1' }, discriminateByTags: ['id'] },
    conversation: { channel: 'chat', tags: { id: 'new' }, discriminateByTags: ['id'] },
    message: { type: 'text', payload: { text: 'hi' }, tags: { id: 'm2' }, discriminateByTags: ['id'] },
  })
  assert.deepEqual([incoming.user.id, incoming.message.userId], [user.id, user.id])
}

const events = async (conversation) => {
  const sent = { type: 'greeted', payload: { name: 'Ada' }, conversationId: conversation.id }
  const { event } = await call('createEvent', sent)
  assert.deepEqual((await call('getEvent', { id: event.id })).event, event)
  const listed = await call('listEvents', { type: 'greeted', conversationId: conversation.id, status: 'pending' })
  assert.deepEqual(listed.events, [event])
  const scheduled = await call('createEvent', { ...sent, schedule: { delay: 3_600_000 } })
  assert.equal(scheduled.event.status, 'scheduled')
  await call('cancelScheduledEvent', { id: scheduled.event.id })
  await refuse('cancelScheduledEvent', { id: event.id }, 'InvalidPayload')
  await refuse('createEvent', { type: 'undeclared', payload: {} }, 'InvalidPayload')
}

const states = async (conversation, user) => {
  const key = { type: 'integration', id: integrationId, name: 'oauth' }
  await refuse('getState', key, 'ResourceNotFound')
  const set = await call('setState', { ...key, payload: { token: 'x' }, expiry: 60_000 })
  assert.equal(set.state.expiry, 60_000)
  const got = await call('getState', key)
  assert.deepEqual([got.state, got.meta.cached], [set.state, false])
  const patched = await call('patchState', { ...key, payload: { count: 1 } })
  assert.deepEqual(patched.state.payload, { token: 'x', count: 1 })
  const kept = await call('getOrSetState', { ...key, payload: { token: 'y' } })
  assert.equal(kept.state.payload.token, 'x')
  assert.equal((await call('setStateExpiry', { ...key, expiry: null })).state.expiry, undefined)
  await call('setState', { ...key, payload: null })
  await refuse('getState', key, 'ResourceNotFound')
  await call('setState', { type: 'user', id: user.id, name: 'session', payload: {} })
  await call('setState', { type: 'conversation', id: conversation.id, name: 'thread', payload: {} })
}

const files = async () => {
  const uploaded = await client.uploadFile({
    key: 'docs/a b.txt',
    content: 'Opening hours are nine to five.\n\nWe sell tea.',
    index: true,
    tags: { kind: 'note' },
    accessPolicies: ['public_content'],
    publicContentImmediatelyAccessible: true,
  })
  note('uploadFile', 'answered')
  const { id, key, url } = uploaded.file
  const { file } = await call('getFile', { id })
  assert.equal(file.status, 'indexing_completed')
  assert.equal(await (await fetch(url)).text(), 'Opening hours are nine to five.\n\nWe sell tea.')
  assert.deepEqual((await call('getFile', { id: key })).file, file)
  const changed = await call('updateFileMetadata', { id, metadata: { a: [1] }, tags: { kind: null, more: '1' } })
  assert.deepEqual([changed.file.metadata, changed.file.tags], [{ a: [1] }, { more: '1' }])
  const pending = await call('upsertFile', { key: 'b', size: 1, tags: { more: '2' } })
  const copied = await call('copyFile', { idOrKey: id, destinationKey: 'c', overwrite: false })
  await refuse('copyFile', { idOrKey: id, destinationKey: 'c' }, 'AlreadyExists')
  const listed = await call('listFiles', {
    tags: { more: ['1', '2'] },
    sortField: 'key',
    sortDirection: 'asc',
    ids: [id, pending.file.id],
  })
  assert.deepEqual(listed.files.map((one) => one.key), ['b', 'docs/a b.txt'])
  const without = await call('listFiles', { tags: { more: { not: '1' } } })
  assert.deepEqual(without.files.map((one) => one.id), [pending.file.id])
  assert.equal((await client.list.files({ pageSize: 1 }).collect()).length, 3)
  note('listFiles', 'collected')
  const found = await call('searchFiles', { query: 'opening hours', limit: 1, withContext: false })
  assert.equal(found.passages[0].content, 'Opening hours are nine to five.')
  assert.equal((await call('listFilePassages', { id, limit: 1 })).passages.length, 1)
  await call('setFilePassages', { id, passages: [{ content: 'Closed.', type: 'paragraph' }] })
  assert.equal((await call('listFilePassages', { id })).passages[0].content, 'Closed.')
  assert.deepEqual((await call('listFileTags', {})).tags, ['more'])
  assert.deepEqual((await call('listFileTagValues', { tag: 'more' })).values, ['1', '2'])
  await call('deleteFile', { id: copied.file.id })
  await refuse('getFile', { id: copied.file.id }, 'ResourceNotFound')
}

const knowledgeBases = async () => {
  const { knowledgeBase } = await call('createKnowledgeBase', { name: 'docs', tags: { a: '1' } })
  const { id } = knowledgeBase
  await call('updateKnowledgeBase', { id, name: 'more', tags: { a: null, b: '2' } })
  const listed = await call('listKnowledgeBases', { tags: { b: '2' } })
  assert.deepEqual(listed.knowledgeBases.map((one) => one.name), ['more'])
  await call('deleteKnowledgeBase', { id })
}

const others = async () => {
  await call('configureIntegration', { identifier: 'T1', scheduleRegisterCall: 'daily' })
  await call('configureIntegration', { identifier: null, sandboxIdentifiers: null })
  await call('trackAnalytics', { name: 'calls', count: 1 })
  await refuse('callAction', { type: 'other:action', input: {} }, 'ReferenceNotFound')
}

// Operations that the client has for bots.
const ofBots = async () => {
  const id = 'wkflow_01HF7YAT00000000000000000A'
  const timeoutAt = '2030-01-01T00:00:00.000Z'
  await refuse('createWorkflow', { name: 'w', status: 'pending', timeoutAt }, 'Forbidden')
  await refuse('getWorkflow', { id }, 'Forbidden')
  await refuse('updateWorkflow', { id, status: 'completed' }, 'Forbidden')
  await refuse('deleteWorkflow', { id }, 'Forbidden')
  await refuse('listWorkflows', { statuses: ['pending'], tags: { a: '1' } }, 'Forbidden')
  await refuse('getOrCreateWorkflow', { name: 'w', status: 'pending', tags: {} }, 'Forbidden')
  await refuse('captureObservation', { name: 'a', data: {} }, 'Forbidden')
  await refuse('listTagValues', { key: 'id', type: 'user' }, 'ResourceGone')
}

const main = async () => {
  const conversation = await conversations()
  const user = await users()
  await participants(conversation, user)
  await messages(conversation, user)
  await events(conversation)
  await states(conversation, user)
  await files()
  await knowledgeBases()
  await others()
  await ofBots()

  const names = JSON.parse(fs.readFileSync(documented, 'utf8'))
  const known = Object.keys(client).filter((name) => typeof client[name] === 'function')
  const missing = names.filter((name) => known.includes(name) && !called.has(name))
  assert.deepEqual(missing, [], 'documented operations of the client that were not called')
  console.log(
    JSON.stringify({
      operations: called.size,
      calls: [...called.values()].reduce((sum, count) => sum + count, 0),
      notInTheClient: names.filter((name) => !known.includes(name)),
      notOfIntegrations: known.filter((name) => !names.includes(name) && name !== 'uploadFile').length,
    })
  )
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
