"use strict";
// Starts `ncriteria lsp`, and ends it with the window.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const settings = workspace.getConfiguration("ncriteria");
  client = new LanguageClient(
    "ncriteria",
    { command: settings.get("command"), args: ["lsp"] },
    {
      documentSelector: ["file", "untitled"].map((scheme) => ({ scheme, language: "yaml" })),
      initializationOptions: { language: settings.get("language"), advice: settings.get("advice") },
    },
  );
  await client.start();
};

exports.deactivate = () => client && client.stop();
