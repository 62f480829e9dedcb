// Measures bundles against each other: node measure.cjs [--rounds N] [--seconds N] OURS OFFICIAL
//
// The rounds alternate, so that a slow moment of the machine meets both. Each figure is a median of rounds, and each ratio
// the median of the ratios of a round. `rate` is requests a second in one process, sixteen at a time, and `work` the same
// for a second of processor time, which other programs disturb less. `start` is the time from the start of Node to the first
// response. `peak` is resident memory after a round. The access log is off, since the official SDK has none.
'use strict'
const { execFileSync } = require('node:child_process')
const { statSync } = require('node:fs')
const { resolve } = require('node:path')

const CONCURRENT = 16

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64')
const headers = (operation) => ({
  'x-bot-id': 'bot_1',
  'x-bot-user-id': 'botuser_1',
  'x-integration-id': 'intg_1',
  'x-integration-alias': 'me/parity',
  'x-webhook-id': 'wh_1',
  'x-bp-operation': operation,
  'x-bp-configuration': encode({ apiKey: 'key', region: 'eu', debug: true }),
  'content-type': 'application/json',
  'user-agent': 'measure',
})
const request = () => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: headers('action_triggered'),
  body: JSON.stringify({ type: 'hello', input: { name: 'Ada' } }),
})

async function once(handler) {
  const { status, body } = await handler(request())
  if (status !== 200 || !body.includes('hello Ada')) throw new Error(`${status} ${body}`)
}

/** A round in a process of its own: prints its figures. */
async function round(bundle, seconds) {
  const { handler } = require(resolve(bundle))
  await once(handler)
  const answered = Date.now()
  let [done, used] = [0, 0]
  const run = async (until) => {
    while (performance.now() < until) {
      await once(handler)
      done += 1
    }
  }
  const all = (milliseconds) => Promise.all(Array.from({ length: CONCURRENT }, () => run(performance.now() + milliseconds)))
  if (seconds > 0) {
    await all(1000)
    done = 0
    const before = process.cpuUsage()
    await all(seconds * 1000)
    const { user, system } = process.cpuUsage(before)
    used = (user + system) / 1e6
  }
  const peak = process.resourceUsage().maxRSS / 1024
  console.log(JSON.stringify({ answered, rate: done / seconds, work: done / used, peak }))
}

function measure(bundle, seconds) {
  const env = { ...process.env, CONTEXTURE_ACCESS_LOG: 'off', LOG_LEVEL: 'error' }
  const began = Date.now()
  const output = execFileSync(process.execPath, [__filename, '--round', String(seconds), bundle], { env, encoding: 'utf8' })
  const { answered, ...figures } = JSON.parse(output.trim().split('\n').pop())
  return { start: answered - began, ...figures }
}

const median = (values) => {
  const sorted = [...values].sort((one, other) => one - other)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}

const PLACES = ['ours', 'official']

/** Runs rounds of both in turns; returns the figures of each round. */
function alternate(files, rounds, seconds) {
  const results = { ours: [], official: [] }
  for (let round = 0; round < rounds; round++) {
    for (const place of PLACES) results[place].push(measure(files[place], seconds))
  }
  return results
}

/** Prints a figure of both, with the smallest and the largest, and returns the ratio. */
function show(name, results, unit) {
  const shown = PLACES.map((place) => {
    const all = results[place].map((figures) => figures[name])
    return `${median(all).toFixed(0)} (${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)})`
  })
  const ratio = median(results.ours.map((figures, round) => figures[name] / results.official[round][name]))
  console.log(`${name.padEnd(6)} ${shown.join(' against ')} ${unit}: ratio ${ratio.toFixed(2)}`)
  return ratio
}

function main(ours, official, rounds, seconds) {
  const files = { ours, official }
  const starts = alternate(files, rounds, 0)
  const loads = alternate(files, rounds, seconds)
  const sizes = { ours: [{ size: statSync(ours).size }], official: [{ size: statSync(official).size }] }
  show('size', sizes, 'bytes')
  const start = show('start', starts, 'ms')
  const rate = show('rate', loads, 'requests/s')
  show('work', loads, 'requests/s of processor time')
  show('peak', loads, 'MiB')
  const met = rate >= 8 && start <= 1 && sizes.ours[0].size <= 1_000_000
  console.log(`bars (at least 8 times the rate, at most the start, at most 1 MB): ${met ? 'met' : 'not met'}`)
}

const [, , ...words] = process.argv
const take = (name, otherwise) => {
  const at = words.indexOf(name)
  return at < 0 ? otherwise : Number(words.splice(at, 2)[1])
}
if (words[0] === '--round') {
  round(words[2], Number(words[1]))
} else {
  const [rounds, seconds] = [take('--rounds', 7), take('--seconds', 3)]
  const [ours, official] = words
  if (!official) throw new Error('usage: node measure.cjs [--rounds N] [--seconds N] OURS OFFICIAL')
  main(ours, official, rounds, seconds)
}
