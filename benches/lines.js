/**
 * How `cargo xtask bench` talks to a runner: it writes one request a line, {"do": …}, and the runner answers each with
 * one line, the answer or {"error": …}. What else a runner has to say goes to standard error.
 */
import { createInterface } from "node:readline";

/**
 * Answers requests one after the other until there are no more.
 * @param {(request: any) => Promise<unknown> | unknown} answer
 */
export async function answerLines(answer) {
  for await (const line of createInterface({ input: process.stdin })) {
    let reply;
    try {
      reply = await answer(JSON.parse(line));
    } catch (error) {
      reply = { error: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

/**
 * The most memory a process ever held, where the system tells.
 * @param {number | "self"} processId
 * @returns {Promise<number | null>}
 */
export async function peakBytes(processId) {
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${processId}/status`, "utf8").catch(() => "");
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}
