// Appends 60 events to a usage log in a process of its own.
// Arguments: the compiled sink, the log, and the name of the prompt in the events.
const [sink, file, prompt] = process.argv.slice(2);
const { jsonlSink } = await import(sink);
const { write } = jsonlSink({ file, maxBytes: 4_000, keep: 1000 });
for (let count = 0; count < 30; count += 1) {
  await write([
    { event: "served", prompt, text: "x".repeat(count) },
    { event: "served", prompt },
  ]);
}
