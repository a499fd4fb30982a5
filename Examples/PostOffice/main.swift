print("postoffice")
