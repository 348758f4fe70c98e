"""What an account keeps: catalogues, and reviews of clients."""
