'use strict'
// An integration of Contexture: WebAssembly, and the program that runs it. `exports.handler` answers a call.

const { randomFillSync } = require('node:crypto')
const { brotliDecompressSync } = require('node:zlib')

/** The message of an error without an explanation, which the official SDK has too. */
const UNEXPECTED =
  'An unexpected error occurred in the integration. Bot owners: Check logs for more informations. ' +
  'Integration owners: throw a RuntimeError to return a custom error message instead.'

/** The longest response to a request of the integration, in bytes. */
const ANSWER_LIMIT = 64 * 1024 * 1024

/** The longest time that `setTimeout` takes. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Errors before a connection is established. The server has not received the request then. */
const UNREACHED = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])

/**
 * One instance of the module. An instance that has trapped is never entered again, since its memory may be inconsistent.
 *
 * A message to it is a head of lines of text, an empty line, and a body. What it asks for comes back as orders: the
 * lengths of a head and of a body, the head, the body. The module of the runtime that reads and writes both is `host`.
 */
class Instance {
  constructor(module) {
    this.calls = new Map() // number -> { resolve, reject }
    this.cancels = new Map() // number of what the instance waits for -> function
    this.last = 0
    this.broken = false
    const wasi = preview1(() => this.bytes())
    for (const { name } of WebAssembly.Module.imports(module)) wasi[name] ??= () => NOT_SUPPORTED
    this.exports = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi }).exports
    this.exports._start()
  }

  /** The memory. It is another buffer after it has grown. */
  bytes() {
    const { buffer } = this.exports.memory
    if (this.view?.buffer !== buffer) this.view = Buffer.from(buffer)
    return this.view
  }

  call(req) {
    return new Promise((resolve, reject) => {
      const id = ++this.last
      this.calls.set(id, { resolve, reject })
      let head = `call ${id} ${req.method || 'POST'} ${req.path || '/'}`
      if (req.query) head += `?${req.query}`
      this.turn(head + lines(req.headers ?? {}), text(req.body))
    })
  }

  /** Sends a message, and carries out the orders. The body is a text or bytes. */
  turn(head, body) {
    if (this.broken) return
    try {
      this.carryOutAll(this.send(head, body))
    } catch (error) {
      this.end(error)
    }
  }

  /** Writes the message, lets the instance run, and returns the address of its orders. */
  send(head, body) {
    const isText = typeof body === 'string'
    const message = isText ? `${head}\n\n${body}` : `${head}\n\n`
    const length = Buffer.byteLength(message)
    const inbox = this.exports.contexture_inbox(isText ? length : length + body.length) >>> 0
    this.bytes().write(message, inbox, length)
    if (!isText) this.bytes().set(body, inbox + length)
    return this.exports.contexture_turn() >>> 0
  }

  carryOutAll(outbox) {
    const bytes = this.bytes()
    let at = outbox + 4
    const end = at + bytes.readUInt32LE(outbox)
    while (at < end) {
      const head = at + 8
      const body = head + bytes.readUInt32LE(at)
      at = body + bytes.readUInt32LE(at + 4)
      const [first, ...headers] = bytes.toString('utf8', head, body).split('\n')
      const [kind, id, ...words] = first.split(' ')
      this[kind](Number(id), words, headers, body, at)
    }
  }

  response(id, [status], headers, from, to) {
    const { resolve } = this.calls.get(id)
    this.calls.delete(id)
    resolve({ status: Number(status), headers: joined(headers), body: this.bytes().toString('utf8', from, to) })
  }

  fetch(id, [method, url], headers, from, to) {
    // A copy, since the memory may change before the body is sent.
    const body = from === to ? undefined : Uint8Array.prototype.slice.call(this.bytes(), from, to)
    const abort = new AbortController()
    this.cancels.set(id, () => abort.abort())
    ask(url, { method, headers: headers.map(pair), body, redirect: 'manual', signal: abort.signal }).then(
      ({ status, headers, body }) => this.settle(id, `answer ${id} ${status}${lines(headers)}`, body),
      (error) => {
        const cause = error?.cause ?? error
        const reached = UNREACHED.has(cause?.code) || cause?.syscall === 'connect' ? 'unreached' : 'reached'
        this.settle(id, `failure ${id} ${reached}`, String(cause?.message || cause?.code || cause))
      }
    )
  }

  sleep(id, [milliseconds]) {
    let timer
    const wait = (left) => {
      const next = () => (left > LONGEST_TIMER ? wait(left - LONGEST_TIMER) : this.settle(id, `woken ${id}`, ''))
      timer = setTimeout(next, Math.min(left, LONGEST_TIMER))
    }
    wait(Number(milliseconds))
    this.cancels.set(id, () => clearTimeout(timer))
  }

  cancel(id) {
    this.cancels.get(id)?.()
    this.cancels.delete(id)
  }

  /** Tells the instance the outcome of what it asked for, unless it has cancelled that. */
  settle(id, head, body) {
    if (this.cancels.delete(id)) this.turn(head, body)
  }

  /** Gives up the instance, and with it the calls that run. */
  end(error) {
    this.broken = true
    if (current === this) current = undefined
    log(`the instance of the integration ended, with ${this.calls.size} running calls: ${error?.stack ?? error}`)
    for (const cancel of this.cancels.values()) cancel()
    this.cancels.clear()
    for (const { reject } of this.calls.values()) reject(error)
    this.calls.clear()
  }
}

/** Sends a request, and reads the whole response. */
async function ask(url, request) {
  const answer = await fetch(url, request)
  const headers = new Headers(answer.headers)
  // `fetch` has decompressed the body.
  if (headers.has('content-encoding')) ['content-encoding', 'content-length'].forEach((name) => headers.delete(name))
  const parts = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > ANSWER_LIMIT) throw new Error(`the response is larger than ${ANSWER_LIMIT} bytes`)
    parts.push(part)
  }
  return { status: answer.status, headers, body: Buffer.concat(parts) }
}

/** The lines of headers: those of `fetch`, or of an object. A value with a line break is not one of HTTP. */
function lines(headers) {
  let all = ''
  const pairs = typeof headers.entries === 'function' ? headers.entries() : Object.entries(headers)
  for (const [name, value] of pairs) {
    const line = `${name}: ${value}`
    if (value !== undefined && !/[\r\n]/.test(line)) all += `\n${line}`
  }
  return all
}

function pair(line) {
  const at = line.indexOf(': ')
  return [line.slice(0, at), line.slice(at + 2)]
}

function joined(lines) {
  const all = {}
  for (const [name, value] of lines.map(pair)) all[name] = name in all ? `${all[name]}, ${value}` : value
  return all
}

/** A body, which is a text. */
function text(body) {
  if (typeof body === 'string') return body
  return body == null ? '' : Buffer.from(body).toString()
}

/** Writes a line of the log, as the integration does. */
function log(msg) {
  const audience = { visibleToBotOwners: false, hiddenToIntegrationOwners: false }
  const line = { msg, level: 'error', visible_to_bot_owner: false, hidden_to_integration_owner: false, options: audience, time: new Date() }
  console.error(process.env.BP_LOG_FORMAT === 'json' ? JSON.stringify(line) : msg)
}

const BAD_FILE = 8
const NOT_SUPPORTED = 52

/** WASI preview 1, as far as a program needs it that has no files: time, random numbers, variables, two streams. */
function preview1(memory) {
  const variables = Object.entries(process.env).map(([name, value]) => Buffer.from(`${name}=${value}\0`))
  const length = variables.reduce((sum, { length }) => sum + length, 0)
  const unfinished = { 1: '', 2: '' }
  const decoders = { 1: new TextDecoder(), 2: new TextDecoder() }
  const write = (fd, bytes) => {
    const lines = unfinished[fd] + decoders[fd].decode(bytes, { stream: true })
    const end = lines.lastIndexOf('\n')
    unfinished[fd] = lines.slice(end + 1)
    if (end >= 0) (fd === 1 ? console.log : console.error)(lines.slice(0, end))
  }
  return {
    clock_time_get(clock, _precision, at) {
      const now = clock === 0 ? BigInt(Date.now()) * 1000000n : process.hrtime.bigint()
      memory().writeBigUInt64LE(now, at)
      return 0
    },
    random_get(at, length) {
      randomFillSync(memory(), at, length)
      return 0
    },
    environ_sizes_get(count, size) {
      memory().writeUInt32LE(variables.length, count)
      memory().writeUInt32LE(length, size)
      return 0
    },
    environ_get(pointers, at) {
      for (const variable of variables) {
        memory().writeUInt32LE(at, pointers)
        memory().set(variable, at)
        pointers += 4
        at += variable.length
      }
      return 0
    },
    fd_write(fd, vectors, count, written) {
      if (fd !== 1 && fd !== 2) return BAD_FILE
      const bytes = memory()
      let total = 0
      for (let vector = vectors; vector < vectors + 8 * count; vector += 8) {
        const at = bytes.readUInt32LE(vector)
        const length = bytes.readUInt32LE(vector + 4)
        write(fd, bytes.subarray(at, at + length))
        total += length
      }
      bytes.writeUInt32LE(total, written)
      return 0
    },
    // There are no files: the C library asks for the first one, and takes this as the end of the list.
    fd_prestat_get: () => BAD_FILE,
    sched_yield: () => 0,
    proc_exit(code) {
      throw new Error(`it ended with status ${code}`)
    },
  }
}

/** The response to a call that was lost with its instance: the 500 of an unexpected error. */
function lost(req) {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const id = `err_${time}x${randomFillSync(Buffer.alloc(4)).toString('hex').toUpperCase()}`
  log(`a call was lost with its instance (500, ${id}, bot ${req.headers?.['x-bot-id']})`)
  return { status: 500, headers: {}, body: JSON.stringify({ id, code: 400, type: 'Runtime', message: UNEXPECTED }) }
}

let compiled
let current

function instance() {
  try {
    current ??= new Instance(compiled)
  } catch (error) {
    log(`the integration did not start: ${error?.message ?? error}`)
  }
  return current
}

exports.handler = async (req) => {
  const running = instance()
  return running ? running.call(req).catch(() => lost(req)) : lost(req)
}
exports.default = { handler: exports.handler }

function start(size, packed) {
  const bytes = brotliDecompressSync(Buffer.from(packed, 'base64'), { chunkSize: size })
  compiled = new WebAssembly.Module(bytes)
  instance()
}

