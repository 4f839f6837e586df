-- Mends the misspelt statement of the file that was opened, then asks hover, completion, definition and a rename.
local here = debug.getinfo(1, "S").source:sub(2):match("(.*/)")
dofile(here .. "support.lua").run(function(client)
  local function text()
    return table.concat(vim.api.nvim_buf_get_lines(client.buffer, 0, -1, false), "\n")
  end
  local function at(word)
    for row, line in ipairs(vim.api.nvim_buf_get_lines(client.buffer, 0, -1, false)) do
      local column = line:find(word, 1, true)
      if column then
        return { textDocument = vim.lsp.util.make_text_document_params(), position = { line = row - 1, character = column - 1 } }
      end
    end
    error(word .. " is not in the buffer")
  end
  local answer = {}

  client.diagnostics()
  local place = at("SOURECEIPA").position
  local actions = client.request("textDocument/codeAction", {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = { start = place, ["end"] = { line = place.line, character = place.character + 10 } },
    context = { diagnostics = {}, only = { "quickfix" } },
  })
  answer.titles = vim.tbl_map(function(action)
    return action.title
  end, actions)
  for _, action in ipairs(actions) do
    if action.edit and action.title:find("SOURCEIPA", 1, true) then
      vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
      break
    end
  end
  answer.mended = text()

  answer.hover = client.request("textDocument/hover", at("DVB1"))
  answer.definition = client.request("textDocument/definition", at("DVB1"))
  local rename = at("APPB")
  rename.newName = "ORDERS"
  vim.lsp.util.apply_workspace_edit(client.request("textDocument/rename", rename), "utf-16")
  answer.renamed = text()

  vim.api.nvim_buf_set_lines(client.buffer, 0, 0, false, { "VIPADIS" })
  local completion = client.request("textDocument/completion", {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = 0, character = 7 },
  })
  answer.completion = vim.tbl_map(function(item)
    return item.label
  end, completion.items or completion)
  return answer
end)
