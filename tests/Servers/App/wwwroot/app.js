document.getElementById("page").textContent = "The page of " + location.pathname;
