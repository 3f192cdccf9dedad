// Preloaded: says at its end the most memory that the process held, in kB.
process.on("exit", () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`));
