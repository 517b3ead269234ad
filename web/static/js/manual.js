// Shows the API's description; the token stays in this page and is forgotten with it.
window.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("manual");
  SwaggerUIBundle({
    url: place.dataset.description,
    domNode: place,
    deepLinking: true,
    validatorUrl: null,
    persistAuthorization: false,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    syntaxHighlight: false,
  });
});
