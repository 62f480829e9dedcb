// The bodies that Botpress's rules make of definitions, written down a second time, in JavaScript: what the command sends
// has to equal them. Prints a JSON object with the digests of both bodies of each definition.
//
//   node reference.cjs FOLDER > bodies.json     FOLDER has definitions as `bp read --json` prints them
//
// The rules are those of the official command line (packages/cli of botpress/botpress, 2026-08-19) and of the API's OpenAPI
// document 1.86, which lists the members. An empty map and a missing one are the same to the API.
const { createHash } = require('node:crypto')
const { readdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

const entries = (map) => Object.entries(map ?? {})
const mapValues = (map, change) => map && Object.fromEntries(entries(map).map(([key, value]) => [key, change(value, key)]))
const pick = (object, names) => Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]))

// The id that the hub of the test answers for an interface.
const interfaceId = ({ name, version }) => 'ifver_' + `${name}${version}`.replace(/[^a-z0-9]/gi, '').padEnd(26, '0').slice(0, 26)

const configuration = (one) => ({ ...pick(one, ['title', 'description', 'schema']), identifier: one.identifier ?? {} })

const create = (definition, url) => ({
  ...pick(definition, ['version', 'title', 'description', 'user', 'attributes', 'extraOperations']),
  name: `acme/${definition.name}`,
  identifier: pick(definition.identifier ?? {}, ['extractScript', 'fallbackHandlerScript']),
  ...(definition.configuration && { configuration: configuration(definition.configuration) }),
  configurations: mapValues(definition.configurations, configuration),
  actions: mapValues(definition.actions, (action) =>
    pick(action, ['title', 'description', 'input', 'output', 'billable', 'cacheable', 'attributes'])),
  events: mapValues(definition.events, (event) => pick(event, ['title', 'description', 'schema', 'attributes'])),
  states: definition.states,
  entities: definition.entities,
  channels: definition.channels,
  interfaces: mapValues(definition.interfaces, (one) => ({
    ...pick(one, ['entities', 'actions', 'events', 'channels']),
    id: interfaceId(one),
  })),
  visibility: 'private',
  url,
})

// What the API answers for an integration that has one more of each thing, named `zzGone`, and all scripts.
const aged = (body) => {
  const old = structuredClone({ ...body, id: 'intver_0', secrets: [], url: 'https://old.test' })
  old.identifier = { extractScript: 'old', fallbackHandlerScript: 'old', ...old.identifier }
  const link = (one) => ({ ...one, identifier: { linkTemplateScript: 'old', required: true, ...one.identifier } })
  old.configuration = link(old.configuration ?? { schema: {} })
  old.configurations = { ...mapValues(old.configurations, link), zzGone: { schema: {}, identifier: {} } }
  const tagged = (one) => ({ ...one, attributes: { ...one.attributes, zzGone: 'old' } })
  old.actions = { ...mapValues(old.actions, tagged), zzGone: { input: { schema: {} }, output: { schema: {} } } }
  old.events = { ...mapValues(old.events, tagged), zzGone: { schema: {} } }
  old.states = { ...old.states, zzGone: { type: 'user', schema: {} } }
  old.entities = { ...old.entities, zzGone: { schema: {} } }
  old.interfaces = { ...old.interfaces, zzGone: { id: 'ifver_' + '0'.repeat(26) } }
  old.attributes = { ...old.attributes, zzGone: 'old' }
  old.user = { ...old.user, tags: { ...old.user?.tags, zzGone: {} } }
  const channel = (one) => ({
    ...one,
    messages: { ...one.messages, zzGone: { schema: {} } },
    message: { ...one.message, tags: { ...one.message?.tags, zzGone: {} } },
    conversation: { ...one.conversation, tags: { ...one.conversation?.tags, zzGone: {} } },
  })
  old.channels = { ...mapValues(old.channels, channel), zzGone: channel({}) }
  return old
}

const nulls = (here, there) => ({ ...mapValues(there ?? {}, () => null), ...here })

const update = (body, old) => {
  const { name, version, ...kept } = body
  const unlinked = (one, before) =>
    before?.identifier?.linkTemplateScript && !one?.identifier?.linkTemplateScript
      ? { ...(one ?? before), identifier: { ...one?.identifier, linkTemplateScript: null, required: false } }
      : one
  const attributes = (one, key, before) => (before?.[key] ? { ...one, attributes: nulls(one.attributes, before[key].attributes) } : one)
  return {
    ...kept,
    identifier: nulls(body.identifier, old.identifier),
    configuration: unlinked(body.configuration, old.configuration),
    configurations: nulls(mapValues(body.configurations, (one, key) => unlinked(one, old.configurations[key])), old.configurations),
    actions: nulls(mapValues(body.actions, (one, key) => attributes(one, key, old.actions)), old.actions),
    events: nulls(mapValues(body.events, (one, key) => attributes(one, key, old.events)), old.events),
    states: nulls(body.states, old.states),
    entities: nulls(body.entities, old.entities),
    interfaces: nulls(body.interfaces, old.interfaces),
    attributes: nulls(body.attributes, old.attributes),
    user: { ...body.user, tags: nulls(body.user?.tags, old.user.tags) },
    channels: nulls(
      mapValues(body.channels, (one, key) => {
        const before = old.channels[key]
        if (!before) return one
        return {
          ...one,
          messages: nulls(one.messages, before.messages),
          message: { ...one.message, tags: nulls(one.message?.tags, before.message.tags) },
          conversation: { ...one.conversation, tags: nulls(one.conversation?.tags, before.conversation.tags) },
        }
      }),
      old.channels
    ),
  }
}

// Sorted members, without empty maps outside of schemas.
const canonical = (value, isSchema = false) => {
  if (Array.isArray(value)) return value.map((item) => canonical(item, isSchema))
  if (value === null || typeof value !== 'object') return value
  const members = Object.keys(value).sort().filter((key) => value[key] !== undefined)
  const changed = members.map((key) => [key, canonical(value[key], isSchema || key === 'schema')])
  const isEmpty = (member) => member !== null && typeof member === 'object' && Object.keys(member).length === 0
  return Object.fromEntries(changed.filter(([key, member]) => isSchema || key === 'schema' || !isEmpty(member)))
}

const digest = (body) => createHash('sha256').update(JSON.stringify(canonical(body))).digest('hex')

const main = (folder) => {
  const digests = {}
  for (const file of readdirSync(folder).filter((file) => file.endsWith('.json')).sort()) {
    const definition = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    const body = create(definition, 'https://integrations.example.com/it')
    digests[file.replace('.json', '')] = { create: digest(body), update: digest(update(body, aged(body))) }
  }
  console.log(JSON.stringify(digests, null, 2))
}

module.exports = { aged, canonical, create, update }
if (require.main === module) main(process.argv[2])
