// Decides DMN models with feelin: [{decisions: [{name, entries: [[name, text], ...]}], rows: [{name: value}]}] on standard
// input, and on standard output a list for each model with the value of every decision for each row.
import { readFileSync } from "node:fs";
import { evaluate } from "feelin";

const valueOf = (text, known) => evaluate(text, known).value;
const given = (value) => (value !== null && typeof value === "object" ? valueOf(`date("${value.date}")`, {}) : value);

function decided({ decisions }, row) {
  const known = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, given(value)]));
  for (const { name, entries } of decisions) {
    const text = entries.length > 1 ? `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}` : entries[0][1];
    try {
      known[name] = valueOf(text, known);
    } catch (error) {
      throw new Error(`${name}: ${text}: ${error.message}`);
    }
  }
  return Object.fromEntries(decisions.map(({ name }) => [name, known[name]]));
}

const models = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(models.map((model) => model.rows.map((row) => decided(model, row)))));
