globalThis.config = { api: "${API_URL}", title: '${TITLE}', again: `${TITLE}${1 + 1}` };
